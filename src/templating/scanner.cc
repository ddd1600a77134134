#include "templating/scanner.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace tocsin::templating {
namespace {

constexpr std::string_view kBlank = " \t\r\n";
// Past so many the text is no template, and looking for ends that are not there takes its time.
constexpr std::size_t kMostProblems = 200;

constexpr std::size_t kMostShown = 40;

std::string quoted(std::string_view tag) {
    std::string text(tag.substr(0, kMostShown));
    if (auto cut = invalid_utf8(text)) text.resize(*cut);
    return "`" + text + (tag.size() > kMostShown ? "…`" : "`");
}

class Scanner {
  public:
    Scanner(std::string_view text, std::vector<Problem>& problems)
        : text_(text), problems_(problems) {}

    std::vector<Tag> scan() {
        while (problems_.size() < kMostProblems &&
               (begin_ = text_.find(open_, position_)) != std::string_view::npos) {
            read_tag();
        }
        return std::move(tags_);
    }

  private:
    void read_tag() {
        inside_ = begin_ + open_.size();
        auto first = text_.find_first_not_of(kBlank, inside_);
        char sigil = first == std::string_view::npos ? '\0' : text_[first];
        std::string close = sigil == '{' ? "}" + close_ : sigil == '=' ? "=" + close_ : close_;
        std::size_t from = sigil == '{' || sigil == '=' ? first + 1 : inside_;
        auto end = text_.substr(0, limit(sigil, from, close)).find(close, from);
        if (end == std::string_view::npos) return unclosed(close);
        position_ = end + close.size();
        std::string_view content = trim(text_.substr(from, end - from));
        if (sigil == '=') return set_delimiters(content);
        if (sigil == '{') return name_tag(TagKind::kUnescaped, content);
        if (sigil == '!') return add(TagKind::kComment, {});
        sigil_tag(content);
    }

    // How far the tag's end may lie: `{{name` with its end forgotten must not take that of a later
    // tag. Comments hold anything.
    std::size_t limit(char sigil, std::size_t from, const std::string& close) const {
        if (sigil == '!' || sigil == '=' || open_ == close_) return std::string_view::npos;
        auto next = text_.find(open_, from);
        return next == std::string_view::npos ? next : next + close.size();
    }

    void unclosed(const std::string& close) {
        std::string_view rest = text_.substr(begin_, 2 * kMostShown);
        rest = rest.substr(0, rest.find_first_of("\r\n"));
        problem(
            "unclosed-tag", quoted(rest) + " opens a tag that `" + close + "` never closes",
            "close it, or, to print `" + open_ + "` itself, choose other delimiters: {{=<% %>=}}");
        position_ = inside_;
    }

    void sigil_tag(std::string_view content) {
        if (content.empty()) return name_tag(TagKind::kVariable, content);
        std::string_view rest = trim(content.substr(1));
        switch (content.front()) {
            case '#':
                return name_tag(TagKind::kSection, rest);
            case '^':
                return name_tag(TagKind::kInverted, rest);
            case '/':
                return name_tag(TagKind::kClose, rest);
            case '&':
                return name_tag(TagKind::kUnescaped, rest);
            case '>':
                return partial(rest);
            case '<':
            case '$':
                return not_supported("template inheritance");
            default:
                return name_tag(TagKind::kVariable, content);
        }
    }

    void partial(std::string_view name) {
        if (!name.empty() && name.front() == '*') return not_supported("a partial's dynamic name");
        if (check_name(name)) add(TagKind::kPartial, name);
    }

    void name_tag(TagKind kind, std::string_view name) {
        if (!check_name(name)) return;
        bool dotted_badly = name != "." && (name.front() == '.' || name.back() == '.' ||
                                            name.find("..") != std::string_view::npos);
        if (dotted_badly) {
            return problem("bad-name", "a part of the dotted name " + quoted(name) + " is empty");
        }
        add(kind, name);
    }

    bool check_name(std::string_view name) {
        if (name.empty()) {
            problem("empty-tag", "this tag has no name", "write a name, or remove the tag");
        } else if (name.find('\n') != std::string_view::npos) {
            problem("bad-name", "the name " + quoted(name.substr(0, name.find_first_of("\r\n"))) +
                                    " runs over the end of its line");
        } else {
            return true;
        }
        return false;
    }

    void not_supported(const char* what) {
        problem("not-supported", std::string(what) + " is not supported: " +
                                     quoted(text_.substr(begin_, position_ - begin_)));
    }

    void set_delimiters(std::string_view content) {
        auto gap = std::min(content.find_first_of(kBlank), content.size());
        std::string_view open = content.substr(0, gap);
        std::string_view close = trim(content.substr(gap));
        if (!is_delimiter(open) || !is_delimiter(close)) {
            return problem("bad-delimiters", "delimiters must be two words without `=`",
                           "for example {{=<% %>=}}");
        }
        open_ = open;
        close_ = close;
        add(TagKind::kDelimiters, {});
    }

    static bool is_delimiter(std::string_view word) {
        return !word.empty() && word.find_first_of(" \t\r\n=") == std::string_view::npos;
    }

    void add(TagKind kind, std::string_view name) {
        tags_.push_back({kind, begin_, position_, name});
    }

    void problem(std::string id, std::string message, std::string hint = "") {
        problems_.push_back({begin_, std::move(id), std::move(message), std::move(hint)});
    }

    std::string_view text_;
    std::vector<Problem>& problems_;
    std::vector<Tag> tags_;
    std::string open_ = "{{";
    std::string close_ = "}}";
    std::size_t position_ = 0;  // where to look for the next tag
    std::size_t begin_ = 0;     // of the tag at hand
    std::size_t inside_ = 0;    // behind its opening delimiter
};

}  // namespace

std::vector<Tag> scan_tags(std::string_view text, std::vector<Problem>& problems) {
    return Scanner(text, problems).scan();
}

}  // namespace tocsin::templating
