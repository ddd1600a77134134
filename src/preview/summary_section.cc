// The top of the page: numbers, exclusions, sizes.
#include <algorithm>

#include "base/html.h"
#include "base/text.h"
#include "preview/page_parts.h"

namespace tocsin {
namespace {

// A template with its tags marked.
std::string with_tags(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t open = std::min(text.find("{{", at), text.size());
        append_escaped_html(out, text.substr(at, open - at));
        std::size_t close = text.find("}}", open);
        if (close == std::string_view::npos) {
            append_escaped_html(out, text.substr(open));
            break;
        }
        while (close + 2 < text.size() && text[close + 2] == '}') ++close;
        out += element("i", "tag", text.substr(open, close + 2 - open));
        at = close + 2;
    }
    return out;
}

std::string row(std::string_view label, const std::string& html) {
    return "<dt>" + std::string(label) + "</dt><dd dir=\"auto\">" + html + "</dd>";
}

std::string heading(const CampaignSummary& summary) {
    std::string out = element("h1", "", summary.campaign) + "<dl class=\"sender\">" +
                      row("From", escape_html(summary.from)) +
                      row("Subject", with_tags(summary.subject));
    if (!summary.preheader.empty()) out += row("Preheader", with_tags(summary.preheader));
    return out + "</dl>\n";
}

std::string tile(std::size_t number, std::string_view label, std::string_view css_class = "") {
    std::string css = "tile " + std::string(number == 0 ? "none" : css_class);
    return "<li class=\"" + css + "\"><b>" + grouped(number) + "</b><span>" + std::string(label) +
           "</span></li>";
}

std::string plural(std::string noun, std::size_t number) {
    return number == 1 ? noun : noun + "s";
}

std::string tiles(const CampaignSummary& summary) {
    const std::size_t people = summary.audience.people;
    std::size_t left_out = 0;
    for (const auto& exclusion : summary.exclusions) left_out += exclusion.people;
    return "<ul class=\"tiles\">" +
           tile(people, people == 1 ? "gets this mail" : "get this mail", "main") +
           tile(left_out, "left out") +
           tile(summary.duplicates, plural("duplicate row", summary.duplicates)) +
           tile(summary.findings.errors(), plural("error", summary.findings.errors()), "error") +
           tile(summary.findings.warnings(), plural("warning", summary.findings.warnings()),
                "warning") +
           "</ul>\n";
}

std::string exclusion_card(const CampaignSummary& summary) {
    std::string out = "<section class=\"card\"><h3>Who gets no mail</h3>";
    if (summary.exclusions.empty()) {
        out += "<p class=\"quiet\">Nobody is left out.</p>";
    } else {
        out += "<table><thead><tr><th>Why</th><th class=\"n\">People</th></tr></thead><tbody>";
        for (const auto& [reason, people] : summary.exclusions) {
            out += "<tr><td>" + escape_html(reason) + "</td><td class=\"n\">" + grouped(people) +
                   "</td></tr>";
        }
        out += "</tbody></table>";
    }
    if (!summary.knows_suppressed)
        out +=
            "<p class=\"quiet\">There is no ledger yet, so nobody is known to be suppressed.</p>";
    return out + "</section>\n";
}

std::string findings_card(const CampaignSummary& summary) {
    std::string out = "<section class=\"card wide\"><h3>What the check says</h3>";
    out += summary.findings.empty()
               ? "<p class=\"good\">Nothing found: every mail was rendered and looked at.</p>"
               : finding_list(summary.findings);
    if (summary.ignored > 0) {
        out += "<p class=\"quiet\">" + grouped(summary.ignored) +
               " more ignored by <code>lint: {ignore}</code>.</p>";
    }
    return out + "</section>\n";
}

std::string percent(std::size_t part, std::size_t whole) {
    return std::to_string(whole == 0 ? 0 : std::min<std::size_t>(part * 100 / whole, 100)) + "%";
}

}  // namespace

std::string kilobytes(std::size_t bytes) {
    std::size_t tenths = (bytes * 10 + 512) / 1024;
    return grouped(tenths / 10) + "." + std::to_string(tenths % 10) + " KB";
}

std::string element(std::string_view tag, std::string_view css_class, std::string_view text) {
    std::string out = "<" + std::string(tag);
    if (!css_class.empty()) out += " class=\"" + std::string(css_class) + "\"";
    return out + ">" + escape_html(text) + "</" + std::string(tag) + ">";
}

std::string size_card(const AudienceSummary& audience) {
    const auto& sizes = audience.sizes;
    if (sizes.largest == 0) return "";
    const std::size_t scale = std::max(kGmailLine * 10 / 9, sizes.largest);
    auto mark = [&](std::size_t bytes, std::string_view css_class) {
        return "<i class=\"" + std::string(css_class) + "\" style=\"left:" + percent(bytes, scale) +
               "\"></i>";
    };
    auto row_of = [](std::string_view label, std::size_t bytes) {
        return "<tr><td>" + std::string(label) + "</td><td class=\"n\">" + kilobytes(bytes) +
               "</td></tr>";
    };
    std::string verdict = sizes.largest >= kGmailLine
                              ? "<p class=\"bad\">Gmail cuts the largest off, and hides what is "
                                "below, the way out too.</p>"
                              : "";
    return "<section class=\"card\"><h3>Size of the HTML</h3><div class=\"scale\" "
           "aria-hidden=\"true\"><u style=\"width:" +
           percent(sizes.largest, scale) + "\"></u>" + mark(sizes.smallest, "") +
           mark(sizes.median, "") + mark(sizes.largest, "") + mark(kGmailLine, "limit") +
           "</div><table><tbody>" + row_of("smallest", sizes.smallest) +
           row_of("median", sizes.median) + row_of("largest", sizes.largest) +
           row_of("Gmail cuts at about", kGmailLine) + "</tbody></table>" + verdict +
           "</section>\n";
}

std::string summary_section(const CampaignSummary& summary) {
    return "<section class=\"item\" id=\"m0\" aria-label=\"The campaign\">\n" + heading(summary) +
           tiles(summary) + "<div class=\"cards\">\n" + findings_card(summary) +
           exclusion_card(summary) + size_card(summary.audience) + field_card(summary) +
           branch_card(summary.audience) + link_card(summary.audience) + "</div>\n</section>\n";
}

}  // namespace tocsin
