// The elements and texts of a rendered HTML part, with where they stand in it. The only place that
// knows the parser (gumbo, the HTML standard's algorithm): what mail programs would see is judged,
// not what a regular expression finds.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

struct HtmlAttribute {
    std::string name;   // in lower case
    std::string value;  // character references decoded
    // Bytes of the value in the HTML, without quotes; of the name where there is no value.
    std::size_t begin = 0, end = 0;
};

struct HtmlNode {
    enum class Kind { kElement, kText };

    Kind kind = Kind::kElement;
    std::string name;  // of an element, in lower case
    std::string text;  // of a text, character references decoded
    std::vector<HtmlAttribute> attributes;
    // Of its first byte in the HTML; none where the parser made it up (an implied `<tbody>`).
    std::optional<std::size_t> offset;
    std::size_t parent = 0;  // index; the root is its own
    std::size_t end = 0;     // index behind its last descendant
    bool hidden = false;     // nobody sees it: `display:none`, `<style>`, or inside such
    bool repeated = false;   // the parser's second copy of a badly nested element

    bool is(std::string_view element) const { return kind == Kind::kElement && name == element; }
    // Null where there is none; `key` in lower case.
    const HtmlAttribute* attribute(std::string_view key) const;
    // The value, or "".
    std::string_view value(std::string_view key) const;
};

class Document {
  public:
    // What a mail may be that is looked at: five times what Gmail shows, and more tags than any
    // layout needs. Beyond them a parser's time and memory are nobody's to promise.
    static constexpr std::size_t kMostBytes = 512 * 1024;
    static constexpr std::size_t kMostTags = 20'000;

    // Any bytes give a document. Nothing where there are too many of them or of tags, or where tags
    // that are never closed make too large a tree of it. Neither time nor stack depend on how deep
    // elements are nested.
    static std::optional<Document> parse(std::string_view html);

    // In the order of the document; the first is `<html>`, always.
    const std::vector<HtmlNode>& nodes() const { return nodes_; }
    // The first element of that name, or null.
    const HtmlNode* find(std::string_view element) const;
    bool has_ancestor(const HtmlNode& node, std::string_view element) const;

  private:
    explicit Document(std::vector<HtmlNode> nodes) : nodes_(std::move(nodes)) {}

    std::vector<HtmlNode> nodes_;
};

}  // namespace tocsin
