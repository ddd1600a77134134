#include "templating/parser.h"

#include <algorithm>

namespace tocsin::templating {
namespace {

// What a tag takes out of the text: the whole line where it stands alone on it.
struct Extent {
    std::size_t begin;
    std::size_t end;
    std::string_view indent;  // before a tag that stands alone
};

bool can_stand_alone(TagKind kind) {
    return kind != TagKind::kVariable && kind != TagKind::kUnescaped;
}

Extent extent_of(std::string_view text, const Tag& tag) {
    Extent as_written{tag.begin, tag.end, {}};
    if (!can_stand_alone(tag.kind)) return as_written;
    auto before = text.substr(0, tag.begin).find_last_not_of(" \t");
    if (before != std::string_view::npos && text[before] != '\n') return as_written;
    std::size_t begin = before == std::string_view::npos ? 0 : before + 1;

    std::size_t end = std::min(text.find_first_not_of(" \t", tag.end), text.size());
    if (text.substr(end, 2) == "\r\n") {
        end += 2;
    } else if (end < text.size() && text[end] == '\n') {
        end += 1;
    } else if (end < text.size()) {
        return as_written;
    }
    return {begin, end, text.substr(begin, tag.begin - begin)};
}

Path split_name(std::string_view name) {
    Path path;
    if (name == ".") return path;
    for (;;) {
        auto dot = name.find('.');
        path.emplace_back(name.substr(0, dot));
        if (dot == std::string_view::npos) return path;
        name.remove_prefix(dot + 1);
    }
}

NodeKind node_kind(TagKind kind) {
    switch (kind) {
        case TagKind::kUnescaped:
            return NodeKind::kUnescaped;
        case TagKind::kSection:
            return NodeKind::kSection;
        case TagKind::kInverted:
            return NodeKind::kInverted;
        case TagKind::kPartial:
            return NodeKind::kPartial;
        default:
            return NodeKind::kVariable;
    }
}

class Parser {
  public:
    Parser(std::string_view text, const SpotOf& spot_of, std::vector<Problem>& problems)
        : text_(text), spot_of_(spot_of), problems_(problems), open_(1) {}

    std::vector<Node> parse() {
        for (const Tag& tag : scan_tags(text_, problems_)) {
            Extent extent = extent_of(text_, tag);
            add_text(extent.begin);
            position_ = extent.end;
            add_tag(tag, extent);
            if (too_deep_) return {};
        }
        add_text(text_.size());
        while (open_.size() > 1) never_closed();
        return std::move(open_.front().children);
    }

  private:
    void add_text(std::size_t end) {
        if (end <= position_) return;
        Node node;
        node.text = text_.substr(position_, end - position_);
        node.spot = spot_of_(position_);
        open_.back().children.push_back(std::move(node));
    }

    void add_tag(const Tag& tag, const Extent& extent) {
        if (tag.kind == TagKind::kComment || tag.kind == TagKind::kDelimiters) return;
        if (tag.kind == TagKind::kClose) return close(tag);
        Node node;
        node.kind = node_kind(tag.kind);
        node.text = tag.name;
        node.spot = spot_of_(tag.begin);
        if (node.kind == NodeKind::kPartial) {
            node.indent = extent.indent;
        } else {
            node.path = split_name(tag.name);
        }
        if (node.kind == NodeKind::kSection || node.kind == NodeKind::kInverted) {
            return open(std::move(node), tag);
        }
        open_.back().children.push_back(std::move(node));
    }

    void open(Node node, const Tag& tag) {
        if (openers_.size() == kDeepestNesting) {
            too_deep_ = true;
            problem(tag.begin, "too-deep",
                    "more than " + std::to_string(kDeepestNesting) +
                        " sections are open here, one in the other");
        }
        open_.push_back(std::move(node));
        openers_.push_back(tag);
    }

    void close(const Tag& tag) {
        auto opener = std::find_if(open_.rbegin(), open_.rend() - 1,
                                   [&](const Node& node) { return node.text == tag.name; });
        if (opener == open_.rend() - 1) {
            return problem(tag.begin, "unopened-section",
                           closing(tag) + " closes what was never opened");
        }
        if (opener != open_.rbegin()) {
            problem(tag.begin, "mismatched-section",
                    closing(tag) + " comes before " + closing(openers_.back()) + ": " +
                        opening(openers_.back()) + " of line " +
                        std::to_string(open_.back().spot.line) + " is still open",
                    "close the inner section first");
        }
        while (open_.back().text != tag.name) pop();
        pop();
    }

    void never_closed() {
        problem(openers_.back().begin, "unclosed-section",
                opening(openers_.back()) + " is never closed",
                "add {{/" + std::string(openers_.back().name) + "}} where it ends");
        pop();
    }

    void pop() {
        Node node = std::move(open_.back());
        open_.pop_back();
        openers_.pop_back();
        open_.back().children.push_back(std::move(node));
    }

    static std::string closing(const Tag& tag) { return "{{/" + std::string(tag.name) + "}}"; }
    static std::string opening(const Tag& tag) {
        return (tag.kind == TagKind::kInverted ? "{{^" : "{{#") + std::string(tag.name) + "}}";
    }

    void problem(std::size_t offset, std::string id, std::string message, std::string hint = "") {
        problems_.push_back({offset, std::move(id), std::move(message), std::move(hint)});
    }

    std::string_view text_;
    const SpotOf& spot_of_;
    std::vector<Problem>& problems_;
    std::vector<Node> open_;    // the root and every open section
    std::vector<Tag> openers_;  // their tags, without the root's
    std::size_t position_ = 0;  // up to where the text is taken
    bool too_deep_ = false;     // an error that nothing behind it can mend
};

}  // namespace

std::vector<Node> parse_template(std::string_view text, const SpotOf& spot_of,
                                 std::vector<Problem>& problems) {
    return Parser(text, spot_of, problems).parse();
}

}  // namespace tocsin::templating
