// Findings as the page shows them.
#include "base/html.h"
#include "base/text.h"
#include "model/lint.h"
#include "preview/page_parts.h"

namespace tocsin {
namespace {

constexpr std::size_t kBefore = 60, kBehind = 100;  // bytes of a line around its place

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// The line, cut around the place, with the character there marked.
std::string excerpt_at(const std::string& line, int column) {
    std::size_t at = column > 0 ? static_cast<std::size_t>(column - 1) : 0;
    if (at >= line.size()) at = 0;
    std::size_t begin = at > kBefore ? at - kBefore : 0;
    std::size_t end = std::min(at + kBehind, line.size());
    while (begin > 0 && continues(line[begin])) --begin;
    while (end < line.size() && continues(line[end])) ++end;
    std::size_t next = std::min(at + 1, end);
    while (next < end && continues(line[next])) ++next;
    std::string_view text(line);
    return (begin > 0 ? "…" : "") + escape_html(text.substr(begin, at - begin)) + "<mark>" +
           escape_html(text.substr(at, next - at)) + "</mark>" +
           escape_html(text.substr(next, end - next)) + (end < line.size() ? "…" : "");
}

std::string place_of(const Place& place) {
    std::string out = place.file;
    if (place.line > 0) out += ":" + std::to_string(place.line);
    if (place.line > 0 && place.column > 0) out += ":" + std::to_string(place.column);
    return out;
}

std::string entry(const Finding& finding) {
    const bool is_error = finding.severity == Severity::kError;
    const LintRule* rule = find_lint_rule(finding.id);
    std::string out = std::string("<li class=\"") + (is_error ? "error" : "warning") +
                      "\"><p><span class=\"badge " +
                      (is_error ? "error\">error" : "warning\">warning") + "</span> " +
                      element("b", "", finding.message) + " " +
                      element("code", "quiet", finding.id) + "</p>";
    if (!finding.place.file.empty()) out += element("p", "place", place_of(finding.place));
    if (!trim(finding.excerpt).empty())
        out += "<pre dir=\"ltr\">" + excerpt_at(finding.excerpt, finding.place.column) + "</pre>";
    if (rule != nullptr) out += element("p", "quiet", "Why: " + std::string(rule->why) + ".");
    if (!finding.hint.empty()) out += element("p", "", "Hint: " + finding.hint + ".");
    return out + "</li>\n";
}

}  // namespace

std::string finding_list(const Findings& findings) {
    std::string out = "<ul class=\"findings\">\n";
    for (Severity severity : {Severity::kError, Severity::kWarning}) {
        for (const Finding& finding : findings.all()) {
            if (finding.severity == severity) out += entry(finding);
        }
    }
    out += "</ul>\n";
    if (findings.left_out() > 0) {
        out += "<p class=\"quiet\">and " + grouped(findings.left_out()) +
               " more of the same kinds</p>";
    }
    return out;
}

}  // namespace tocsin
