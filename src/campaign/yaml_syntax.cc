#include "campaign/yaml_syntax.h"

#include <optional>
#include <string>

#include "campaign/quote.h"
#include "campaign/yaml_scan.h"

namespace tocsin {
namespace {

struct Explanation {
    std::string_view yaml_cpp;  // what its message contains
    std::string_view message;
    std::string_view hint;
};

constexpr Explanation kExplanations[] = {
    {"illegal map value", "a `:` is not expected here",
     "put text that holds `: ` in quotes; check the indentation and the line above"},
    {"end of map not found", "this does not fit what stands above it",
     "check the indentation; text behind a closing quote is not allowed"},
    {"end of sequence not found", "this does not fit the list above it",
     "check the indentation; each item begins with `- `"},
    {"illegal flow end", "this closes a bracket that was never opened", "delete it"},
    {"illegal block entry", "a list with `- ` cannot begin here", "begin it on a line of its own"},
    {"illegal map key", "a key with `? ` cannot begin here", "put the text in quotes"},
    {"block scalar", "text below `|` or `>` begins on the next line", "indent it there"},
    {"escape", "this escape does not exist",
     "in double quotes write `\\\\` for a backslash, or use single quotes"},
    {"hex number", "this escape is not complete",
     "in double quotes write `\\\\` for a backslash, or use single quotes"},
    {"invalid unicode", "this escape names no character", "write the character itself"},
    {"alias not found", "`*` cannot stand here without quotes", "put the whole text in quotes"},
    {"anchor is not defined", "aliases are not allowed",
     "put text that begins with `*` in quotes, or write the value out here"},
    {"multiple anchors", "anchors are not allowed", "write the value out at each place"},
    {"multiple tags", "tags are not allowed", "put text that begins with `!` in quotes"},
};

void report(const SourceText& source, std::size_t offset, std::string_view message,
            std::string_view hint, Findings& findings) {
    findings.error(source, source.place(offset), "yaml-syntax", std::string(message),
                   std::string(hint));
}

// The tab in the indentation of the line of `offset`.
std::optional<std::size_t> indenting_tab(const std::string& text, std::size_t offset) {
    auto line = offset == 0 ? std::string::npos : text.rfind('\n', offset - 1);
    std::size_t start = line == std::string::npos ? 0 : line + 1;
    auto end = text.find_first_not_of(" \t", start);
    auto tab = text.find('\t', start);
    return tab < end ? std::optional(tab) : std::nullopt;
}

bool is_open_bracket_error(std::string_view message) {
    return message.find("flow not found") != std::string_view::npos;
}

void report_open_bracket(const SourceText& source, std::size_t offset, Findings& findings) {
    const std::string& text = source.text();
    if (offset > 0 && text.compare(offset - 1, 2, "{{") == 0) --offset;
    if (text.compare(offset, 2, "{{") == 0) {
        findings.error(source, source.place(offset), "unquoted-template", kUnquotedTemplate,
                       kQuoteIt);
        return;
    }
    report(source, offset,
           in_backquotes(text.substr(offset, 1)) + " is opened here and never closed",
           "close it, or put the text in quotes", findings);
}

void report_unclosed_quote(const SourceText& source, std::size_t offset, Findings& findings) {
    findings.error(source, source.place(offset), "unclosed-quote",
                   "the quote opened here is never closed");
}

void report_unknown_token(const SourceText& source, std::size_t offset, Findings& findings) {
    report(source, offset,
           in_backquotes(source.text().substr(offset, 1)) + " cannot stand here without quotes",
           "put the whole text in quotes", findings);
}

}  // namespace

void report_syntax_error(const SourceText& source, const YamlBuilder& builder,
                         std::string_view message, std::size_t offset, Findings& findings) {
    auto contains = [&](std::string_view part) {
        return message.find(part) != std::string_view::npos;
    };
    if (auto tab = indenting_tab(source.text(), offset)) {
        return report(source, *tab, "a tab cannot indent", "use spaces", findings);
    }
    if (auto bracket = builder.open_bracket(); bracket && is_open_bracket_error(message)) {
        return report_open_bracket(source, *bracket, findings);
    }
    if (auto quote = unclosed_quote(source.text(), builder.last()); quote && contains("EOF")) {
        return report_unclosed_quote(source, *quote, findings);
    }
    if (contains("unknown token")) return report_unknown_token(source, offset, findings);
    for (const Explanation& known : kExplanations) {
        if (contains(known.yaml_cpp)) {
            return report(source, offset, known.message, known.hint, findings);
        }
    }
    report(source, offset, "this is not YAML: " + std::string(message), "", findings);
}

}  // namespace tocsin
