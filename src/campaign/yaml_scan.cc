#include "campaign/yaml_scan.h"

namespace tocsin {

std::optional<std::size_t> end_of_quoted(std::string_view source, std::size_t offset) {
    char quote = source[offset];
    for (std::size_t i = offset + 1; i < source.size(); ++i) {
        if (quote == '"' && source[i] == '\\') {
            ++i;
        } else if (source[i] == quote) {
            bool doubled = quote == '\'' && i + 1 < source.size() && source[i + 1] == quote;
            if (!doubled) return i + 1;
            ++i;
        }
    }
    return std::nullopt;
}

bool closes_on_its_line(std::string_view source, std::size_t offset) {
    auto end = end_of_quoted(source, offset);
    return end && source.substr(offset, *end - offset).find('\n') == std::string_view::npos;
}

std::optional<std::size_t> unclosed_quote(std::string_view source, std::size_t from) {
    char before = '\n';  // the last character that is no blank
    for (std::size_t i = from; i < source.size(); ++i) {
        bool opens = (source[i] == '"' || source[i] == '\'') &&
                     std::string_view("\n:-[{,").find(before) != std::string_view::npos;
        if (opens) {
            auto end = end_of_quoted(source, i);
            if (!end) return i;
            i = *end - 1;
        }
        if (source[i] != ' ' && source[i] != '\t') before = source[i];
    }
    return std::nullopt;
}

namespace {

std::size_t below_header(std::string_view source, std::size_t offset) {
    auto line_end = source.find('\n', offset);
    if (line_end == std::string_view::npos) return offset;
    auto first = source.find_first_not_of(' ', line_end + 1);
    return first == std::string_view::npos ? offset : first;
}

std::string_view first_line(std::string_view text) {
    return text.substr(0, text.find('\n'));
}

}  // namespace

std::size_t text_offset(std::string_view source, const YamlNode& node) {
    if (node.style == YamlNode::Style::kPlain) return node.offset;
    bool block = node.style == YamlNode::Style::kBlock;
    std::size_t first = block ? below_header(source, node.offset) : node.offset + 1;
    std::string_view text = block ? first_line(node.text) : std::string_view(node.text);
    bool verbatim = first < source.size() && source.substr(first).starts_with(text);
    return verbatim ? first : node.offset;
}

}  // namespace tocsin
