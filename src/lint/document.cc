#include "lint/document.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <gumbo.h>
#include <memory_resource>
#include <new>
#include <utility>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostMemory = 67'108'864;

// All memory of one parse. Dropping it whole spares gumbo's own way to free a tree, which recurses
// as deep as elements are nested. Where it is used up, the parse is left by a jump: gumbo takes no
// null, its frames are C, and all that it holds lies in here.
struct Arena {
    std::pmr::monotonic_buffer_resource pool{262'144};
    std::size_t left = kMostMemory;
    std::jmp_buf used_up;
};

void* allocate(Arena& arena, std::size_t bytes) noexcept {
    if (bytes > arena.left) return nullptr;
    arena.left -= bytes;
    try {
        return arena.pool.allocate(bytes, alignof(std::max_align_t));
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

void* gumbo_allocate(void* arena, std::size_t bytes) {
    void* memory = allocate(*static_cast<Arena*>(arena), bytes);
    if (memory == nullptr) std::longjmp(static_cast<Arena*>(arena)->used_up, 1);
    return memory;
}

void gumbo_free(void*, void*) {}

// Null where the arena was too small.
GumboOutput* gumbo_parse_within(Arena& arena, std::string_view html) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = gumbo_allocate;
    options.deallocator = gumbo_free;
    options.userdata = &arena;
    options.max_errors = 0;
    if (setjmp(arena.used_up) != 0) return nullptr;
    return gumbo_parse_with_options(&options, html.data(), html.size());
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// SVG and MathML under other names: below them gumbo 0.10.1 has asserts that do not hold, which end
// the process (`<table><svg><select><desc><select><th>`). No mail needs what is special about them.
constexpr std::string_view kForeign[][2] = {{"svg", "s-g"}, {"math", "m-th"}};

bool ends_name(std::string_view text) {
    return text.empty() || std::string_view(" \t\r\n\f/>").find(text[0]) != std::string_view::npos;
}

// As many bytes at the same offsets, without elements of SVG and MathML.
std::string without_foreign(std::string_view html) {
    std::string made(html);
    for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
        const std::size_t name = html.substr(at).starts_with("</") ? at + 2 : at + 1;
        for (const auto& [foreign, plain] : kForeign) {
            if (!ascii_iequals(html.substr(name, foreign.size()), foreign)) continue;
            if (!ends_name(html.substr(name + foreign.size()))) continue;
            made.replace(name, plain.size(), plain);
        }
    }
    return made;
}

std::string own_name(std::string_view name) {
    for (const auto& [foreign, plain] : kForeign) {
        if (name == plain) return std::string(foreign);
    }
    return std::string(name);
}

// At least as many as the parser will find.
std::size_t count_tags(std::string_view html) {
    std::size_t tags = 0;
    for (std::size_t i = 0; i + 1 < html.size(); ++i) {
        tags += html[i] == '<' && (is_letter(html[i + 1]) || html[i + 1] == '/');
    }
    return tags;
}

// The parser compares each attribute of a tag with all before it.
constexpr std::size_t kMostGaps = 1000;  // between attributes

bool has_crowded_tag(std::string_view html) {
    std::size_t gaps = 0;
    bool in_tag = false;
    for (std::size_t i = 0; i + 1 < html.size(); ++i) {
        const char c = html[i];
        if (!in_tag) {
            in_tag = c == '<' && is_letter(html[i + 1]);
            gaps = 0;
        } else if (c == '>') {
            in_tag = false;
        } else if (c == '=' && (html[i + 1] == '"' || html[i + 1] == '\'')) {
            i = html.find(html[i + 1], i + 2);
            if (i == std::string_view::npos) return false;
            ++gaps;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '/') {
            if (++gaps > kMostGaps) return true;
        }
    }
    return false;
}

bool says_hidden(const HtmlNode& node) {
    static constexpr std::array<std::string_view, 7> kUnseen = {
        "head", "style", "script", "title", "template", "noscript", "object"};
    if (std::ranges::find(kUnseen, node.name) != kUnseen.end()) return true;
    if (node.attribute("hidden") != nullptr) return true;
    std::string style = ascii_lower(node.value("style"));
    std::erase_if(style, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
    return style.find("display:none") != style.npos ||
           style.find("visibility:hidden") != style.npos;
}

// Makes a list of gumbo's tree, without recursion.
class Flattener {
  public:
    explicit Flattener(std::string_view html) : html_(html) {}

    std::vector<HtmlNode> flatten(const GumboNode* root) {
        open(root, 0);
        while (!open_.empty()) {
            auto& [children, next, index] = open_.back();
            if (next < children->length) {
                visit(static_cast<const GumboNode*>(children->data[next++]), index);
            } else {
                nodes_[index].end = nodes_.size();
                open_.pop_back();
            }
        }
        return std::move(nodes_);
    }

  private:
    struct Open {
        const GumboVector* children;
        unsigned next;
        std::size_t index;
    };

    void visit(const GumboNode* node, std::size_t parent) {
        switch (node->type) {
            case GUMBO_NODE_ELEMENT:
            case GUMBO_NODE_TEMPLATE:
                return open(node, parent);
            case GUMBO_NODE_TEXT:
            case GUMBO_NODE_CDATA:
            case GUMBO_NODE_WHITESPACE:
                return add_text(node->v.text, parent);
            case GUMBO_NODE_COMMENT:
            case GUMBO_NODE_DOCUMENT:
                return;
        }
    }

    void open(const GumboNode* node, std::size_t parent) {
        const GumboElement& element = node->v.element;
        HtmlNode made;
        made.name = name_of(element);
        made.offset = offset_of(element.original_tag);
        made.parent = parent;
        constexpr int kCopies = GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT |
                                GUMBO_INSERTION_ADOPTION_AGENCY_CLONED;
        made.repeated = (node->parse_flags & kCopies) != 0;
        for (unsigned i = 0; i < element.attributes.length; ++i) {
            made.attributes.push_back(
                attribute_of(*static_cast<const GumboAttribute*>(element.attributes.data[i])));
        }
        made.hidden = (!nodes_.empty() && nodes_[parent].hidden) || says_hidden(made);
        open_.push_back({&element.children, 0, nodes_.size()});
        nodes_.push_back(std::move(made));
    }

    void add_text(const GumboText& text, std::size_t parent) {
        HtmlNode made;
        made.kind = HtmlNode::Kind::kText;
        made.text = text.text;
        made.offset = offset_of(text.original_text);
        made.parent = parent;
        made.end = nodes_.size() + 1;
        made.hidden = nodes_[parent].hidden;
        nodes_.push_back(std::move(made));
    }

    static std::string name_of(const GumboElement& element) {
        if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
        GumboStringPiece name = element.original_tag;
        gumbo_tag_from_original_text(&name);
        return name.data == nullptr ? "" : own_name(ascii_lower({name.data, name.length}));
    }

    HtmlAttribute attribute_of(const GumboAttribute& attribute) const {
        HtmlAttribute made{ascii_lower(attribute.name), attribute.value, 0, 0};
        const auto& whole = attribute.original_value;
        const auto& piece = whole.length > 0 ? whole : attribute.original_name;
        made.begin = offset_of(piece).value_or(0);
        made.end = std::min(made.begin + piece.length, html_.size());
        bool quoted = made.end >= made.begin + 2 && whole.length > 0 &&
                      (html_[made.begin] == '"' || html_[made.begin] == '\'');
        if (quoted) ++made.begin, --made.end;
        return made;
    }

    std::optional<std::size_t> offset_of(const GumboStringPiece& piece) const {
        bool inside = piece.length > 0 && piece.data >= html_.data() &&
                      piece.data < html_.data() + html_.size();
        if (!inside) return std::nullopt;
        return static_cast<std::size_t>(piece.data - html_.data());
    }

    std::string_view html_;
    std::vector<Open> open_;
    std::vector<HtmlNode> nodes_;
};

}  // namespace

const HtmlAttribute* HtmlNode::attribute(std::string_view key) const {
    auto found = std::ranges::find(attributes, key, &HtmlAttribute::name);
    return found == attributes.end() ? nullptr : &*found;
}

std::string_view HtmlNode::value(std::string_view key) const {
    const HtmlAttribute* found = attribute(key);
    return found == nullptr ? std::string_view() : found->value;
}

std::optional<Document> Document::parse(std::string_view html) {
    if (html.size() > kMostBytes || count_tags(html) > kMostTags) return std::nullopt;
    if (has_crowded_tag(html)) return std::nullopt;
    const std::string text = without_foreign(html);
    Arena arena;
    const GumboOutput* output = gumbo_parse_within(arena, text);
    if (output == nullptr) return std::nullopt;
    return Document(Flattener(text).flatten(output->root));
}

const HtmlNode* Document::find(std::string_view element) const {
    auto found = std::ranges::find_if(nodes_, [&](const auto& node) { return node.is(element); });
    return found == nodes_.end() ? nullptr : &*found;
}

bool Document::has_ancestor(const HtmlNode& node, std::string_view element) const {
    for (const HtmlNode* at = &node; at != nodes_.data();) {
        at = &nodes_[at->parent];
        if (at->is(element)) return true;
    }
    return false;
}

}  // namespace tocsin
