#include "preview/line_diff.h"

#include <algorithm>
#include <cctype>
#include <dtl/dtl.hpp>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::size_t kContext = 3;
constexpr char kRed[] = "\033[31m";
constexpr char kGreen[] = "\033[32m";
constexpr char kCyan[] = "\033[36m";
constexpr char kReverse[] = "\033[7m";
constexpr char kUpright[] = "\033[27m";
constexpr char kPlain[] = "\033[0m";

bool is_word(char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0;
}

// Runs of letters and digits, and every other character by itself.
std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < line.size(); ++i) {
        bool goes_on = i > 0 && is_word(line[i]) && is_word(line[i - 1]);
        if (goes_on) {
            words.back().push_back(line[i]);
        } else {
            words.emplace_back(1, line[i]);
        }
    }
    return words;
}

// The line of one side, with what the other lacks in reverse.
std::string marked(const std::vector<Edit>& words, Edit::Kind side) {
    std::string text;
    bool reversed = false;
    for (const Edit& word : words) {
        bool is_own = word.kind == side;
        if (!is_own && word.kind != Edit::Kind::kBoth) continue;
        if (is_own != reversed) text += is_own ? kReverse : kUpright;
        reversed = is_own;
        text += printable(word.text);
    }
    return text + (reversed ? kUpright : "");
}

class Writer {
  public:
    Writer(const std::vector<Edit>& edits, bool colour) : edits_(edits), colour_(colour) {}

    std::string write() {
        std::size_t then = 1, now = 1;
        for (std::size_t i = 0; i < edits_.size();) {
            if (edits_[i].kind == Edit::Kind::kBoth) {
                ++then, ++now, ++i;
                continue;
            }
            std::size_t begin = i - std::min(kContext, i - shown_);
            std::size_t end = end_of_hunk(i);
            write_hunk(begin, end, then - (i - begin), now - (i - begin));
            for (; i < end; ++i) {
                then += edits_[i].kind != Edit::Kind::kAdded ? 1 : 0;
                now += edits_[i].kind != Edit::Kind::kRemoved ? 1 : 0;
            }
            shown_ = end;
        }
        return std::move(text_);
    }

  private:
    // Changes that are closer together than two contexts share a hunk.
    std::size_t end_of_hunk(std::size_t change) const {
        std::size_t last = change;
        for (std::size_t i = change; i < edits_.size() && i <= last + 2 * kContext; ++i) {
            if (edits_[i].kind != Edit::Kind::kBoth) last = i;
        }
        return std::min(edits_.size(), last + kContext + 1);
    }

    std::size_t count(std::size_t begin, std::size_t end, Edit::Kind other) const {
        return static_cast<std::size_t>(
            std::count_if(edits_.begin() + static_cast<std::ptrdiff_t>(begin),
                          edits_.begin() + static_cast<std::ptrdiff_t>(end),
                          [&](const Edit& edit) { return edit.kind != other; }));
    }

    // "12,3", "12", and, of nothing, the line before: "11,0"
    static std::string range(std::size_t first, std::size_t lines) {
        std::string text = std::to_string(lines == 0 ? first - 1 : first);
        return lines == 1 ? text : text + "," + std::to_string(lines);
    }

    void write_hunk(std::size_t begin, std::size_t end, std::size_t then, std::size_t now) {
        std::string head = "@@ -" + range(then, count(begin, end, Edit::Kind::kAdded)) + " +" +
                           range(now, count(begin, end, Edit::Kind::kRemoved)) + " @@";
        text_ += (colour_ ? kCyan + head + kPlain : head) + "\n";
        for (std::size_t i = begin; i < end;) {
            if (edits_[i].kind == Edit::Kind::kBoth) {
                text_ += " " + printable(edits_[i++].text) + "\n";
            } else {
                i = write_change(i);
            }
        }
    }

    std::size_t run_end(std::size_t from, Edit::Kind kind) const {
        while (from < edits_.size() && edits_[from].kind == kind) ++from;
        return from;
    }

    // Lines that went, then those that came in their place. Returns where the next edit is.
    std::size_t write_change(std::size_t begin) {
        std::size_t middle = run_end(begin, Edit::Kind::kRemoved);
        std::size_t end = run_end(middle, Edit::Kind::kAdded);
        bool in_place = colour_ && middle - begin == end - middle;
        std::string added;
        for (std::size_t i = begin; i < middle; ++i) {
            if (!in_place) {
                text_ += line('-', kRed, printable(edits_[i].text));
                continue;
            }
            auto words =
                edit_script(words_of(edits_[i].text), words_of(edits_[middle + (i - begin)].text));
            text_ += line('-', kRed, marked(words, Edit::Kind::kRemoved));
            added += line('+', kGreen, marked(words, Edit::Kind::kAdded));
        }
        for (std::size_t i = middle; i < end && !in_place; ++i) {
            added += line('+', kGreen, printable(edits_[i].text));
        }
        text_ += added;
        return end;
    }

    std::string line(char sign, const char* colour, const std::string& content) const {
        if (!colour_) return sign + content + "\n";
        return std::string(colour) + sign + content + kPlain + "\n";
    }

    const std::vector<Edit>& edits_;
    bool colour_;
    std::size_t shown_ = 0;  // up to there edits are in hunks
    std::string text_;
};

}  // namespace

std::vector<Edit> edit_script(const std::vector<std::string>& then,
                              const std::vector<std::string>& now) {
    dtl::Diff<std::string, std::vector<std::string>> diff(then, now);
    diff.compose();
    std::vector<Edit> edits;
    for (const auto& [text, about] : diff.getSes().getSequence()) {
        auto kind = about.type == dtl::SES_ADD      ? Edit::Kind::kAdded
                    : about.type == dtl::SES_DELETE ? Edit::Kind::kRemoved
                                                    : Edit::Kind::kBoth;
        edits.push_back({kind, text});
    }
    // Of lines that took each other's place, those that went come first.
    for (auto begin = edits.begin(); begin != edits.end();) {
        auto end = std::find_if(begin, edits.end(),
                                [](const Edit& e) { return e.kind == Edit::Kind::kBoth; });
        std::stable_partition(begin, end,
                              [](const Edit& e) { return e.kind == Edit::Kind::kRemoved; });
        begin = end == edits.end() ? end : end + 1;
    }
    return edits;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string unified_diff(const std::vector<std::string>& then, const std::vector<std::string>& now,
                         bool colour) {
    return Writer(edit_script(then, now), colour).write();
}

}  // namespace tocsin
