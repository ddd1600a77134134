#include "web/wording.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "base/html.h"
#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostRanges = 32;  // of an Accept-Language: no browser sends more

bool is_there(const PageTexts& texts, std::string_view language) {
    return language == "en" || texts.contains(language);
}

// "de-at-1996" is looked for as "de-at-1996", "de-at", "de" (RFC 4647 section 3.4).
std::optional<std::string> look_up(const PageTexts& texts, std::string_view wanted) {
    std::string tag = ascii_lower(trim(wanted));
    std::replace(tag.begin(), tag.end(), '_', '-');
    while (!tag.empty()) {
        if (is_there(texts, tag)) return tag;
        auto dash = tag.rfind('-');
        tag.resize(dash == tag.npos ? 0 : dash);
    }
    return std::nullopt;
}

struct Range {
    std::string_view tag;
    double quality = 1;
};

Range parse_range(std::string_view item) {
    auto semicolon = item.find(';');
    Range range{trim(item.substr(0, semicolon))};
    if (semicolon == item.npos) return range;
    std::string_view parameter = trim(item.substr(semicolon + 1));
    if (!parameter.starts_with("q=")) return range;
    range.quality = std::strtod(std::string(parameter.substr(2)).c_str(), nullptr);
    return range;
}

// Best first; of equals the first one.
std::vector<Range> parse_ranges(std::string_view header) {
    std::vector<Range> ranges;
    while (!header.empty() && ranges.size() < kMostRanges) {
        auto comma = header.find(',');
        Range range = parse_range(header.substr(0, comma));
        if (range.quality > 0) ranges.push_back(range);
        header.remove_prefix(comma == header.npos ? header.size() : comma + 1);
    }
    std::ranges::stable_sort(ranges, std::greater<>(), &Range::quality);
    return ranges;
}

std::string isolated(std::string_view text) {
    return "<bdi>" + escape_html(text) + "</bdi>";
}

}  // namespace

std::string choose_language(const PageTexts& texts, std::string_view of_recipient,
                            std::string_view accept_language) {
    if (auto own = look_up(texts, of_recipient)) return *own;
    for (const Range& range : parse_ranges(accept_language)) {
        if (auto found = look_up(texts, range.tag)) return *found;
    }
    return "en";
}

Wording::Wording(const PageTexts& texts, std::string language, const Inserts& inserts)
    : language_(std::move(language)), inserts_(inserts) {
    auto found = texts.find(language_);
    if (found != texts.end()) texts_ = &found->second;
}

bool Wording::right_to_left() const {
    constexpr std::array<std::string_view, 9> kLanguages = {"ar", "ckb", "dv", "fa", "he",
                                                            "ps", "sd",  "ur", "yi"};
    std::string_view primary = std::string_view(language_).substr(0, language_.find('-'));
    return std::ranges::count(kLanguages, primary) > 0;
}

const std::string& Wording::text(std::string_view key) const {
    if (texts_ != nullptr) {
        auto found = texts_->find(key);
        if (found != texts_->end()) return found->second;
    }
    return english_texts().find(key)->second;
}

std::string Wording::html(std::string_view key) const {
    const std::array<std::pair<std::string_view, std::string_view>, 3> inserts = {
        {{"{organisation}", inserts_.organisation},
         {"{list}", inserts_.list},
         {"{date}", inserts_.date}}};
    std::string out;
    std::string_view rest = text(key);
    while (!rest.empty()) {
        auto found = std::ranges::find_if(
            inserts, [&](const auto& insert) { return rest.starts_with(insert.first); });
        if (found == inserts.end()) {
            append_escaped_html(out, rest.substr(0, 1));
            rest.remove_prefix(1);
        } else {
            out += isolated(found->second);
            rest.remove_prefix(found->first.size());
        }
    }
    return out;
}

}  // namespace tocsin
