// What the templates make of the audience: fields, branches, links.
#include <algorithm>
#include <set>

#include "base/html.h"
#include "base/text.h"
#include "preview/page_parts.h"

namespace tocsin {
namespace {

std::string place_of(const Place& place) {
    return escape_html(place.file) + (place.line > 0 ? ":" + std::to_string(place.line) : "");
}

// "1,204 · 12%", with a bar behind it.
std::string share(std::size_t part, std::size_t whole) {
    std::size_t percent = whole == 0 ? 0 : part * 100 / whole;
    std::string shown = part > 0 && percent == 0 ? "<1" : std::to_string(percent);
    return "<td class=\"n share\"><u style=\"width:" +
           std::to_string(std::min<std::size_t>(percent, 100)) + "%\"></u>" + grouped(part) +
           " <small>" + escape_html(shown) + "%</small></td>";
}

std::string card(std::string_view title, std::string_view note, const std::string& head,
                 const std::string& rows, std::string_view css_class = "") {
    if (rows.empty()) return "";
    return "<section class=\"card " + std::string(css_class) + "\"><h3>" + std::string(title) +
           "</h3><p class=\"quiet\">" + std::string(note) +
           "</p><div class=\"scroller\" tabindex=\"0\" role=\"group\" aria-label=\"" +
           std::string(title) + "\"><table><thead><tr>" + head + "</tr></thead><tbody>" + rows +
           "</tbody></table></div></section>\n";
}

// Links to one target, wherever they stand.
struct Target {
    const AudienceSummary::Link* first;
    std::vector<std::string> texts;
    std::size_t people = 0;
    bool in_html = false, in_text = false, personal = false;
};

std::vector<Target> targets_of(const AudienceSummary& audience) {
    std::vector<Target> targets;
    for (const auto& link : audience.links) {
        auto known = std::find_if(targets.begin(), targets.end(), [&](const Target& target) {
            return target.first->link.url == link.link.url;
        });
        if (known == targets.end()) known = targets.insert(targets.end(), Target{&link, {}});
        const std::string text(trim(link.link.text));
        bool is_new =
            std::find(known->texts.begin(), known->texts.end(), text) == known->texts.end();
        if (!text.empty() && is_new) known->texts.push_back(text);
        known->people = std::max(known->people, link.people);
        (link.link.in_html ? known->in_html : known->in_text) = true;
        known->personal |= link.link.personal;
    }
    return targets;
}

std::string texts_of(const Target& target) {
    if (target.texts.empty()) return "<span class=\"quiet\">in the text part only</span>";
    std::string out;
    for (const std::string& text : target.texts) {
        out += (out.empty() ? "<bdi>" : "<br><bdi>") + escape_html(text) + "</bdi>";
    }
    return out;
}

std::string marks_of(const Target& target) {
    std::string out;
    if (target.personal) out += " <span class=\"badge\">personal</span>";
    if (!target.in_text) out += " <span class=\"badge\">HTML only</span>";
    return out;
}

}  // namespace

std::string field_card(const CampaignSummary& summary) {
    std::string rows;
    for (const auto& field : summary.audience.fields) {
        auto fallback = summary.fallbacks.find(field.name);
        std::string stands_in = fallback == summary.fallbacks.end()
                                    ? "<span class=\"quiet\">–</span>"
                                    : "<bdi>" + escape_html(fallback->second) + "</bdi>";
        rows += "<tr><td><code title=\"" + place_of(field.place) + "\">" + escape_html(field.name) +
                "</code></td>" + share(field.missing, summary.audience.people) + "<td>" +
                stands_in + "</td></tr>";
    }
    return card("Merge fields", "Columns that the templates use, and how many people have none.",
                "<th>Field</th><th class=\"n\">Missing</th><th>Stands in</th>", rows);
}

std::string branch_card(const AudienceSummary& audience) {
    std::string rows;
    for (const auto& branch : audience.branches) {
        rows += "<tr><td><code>" + escape_html(branch.name) + "</code><br><small>" +
                place_of(branch.place) + "</small></td>" + share(branch.people, audience.people) +
                "</tr>";
    }
    return card("Branches", "Parts of the templates that not everybody sees.",
                "<th>Section</th><th class=\"n\">See it</th>", rows);
}

std::string link_card(const AudienceSummary& audience) {
    std::string rows;
    for (const Target& target : targets_of(audience)) {
        rows += "<tr><td>" + texts_of(target) + marks_of(target) + "</td><td class=\"url\">" +
                escape_html(target.first->link.url) + "<br><small>" +
                place_of(target.first->link.place) + "</small></td>" +
                share(target.people, audience.people) + "</tr>";
    }
    return card("Links", "Each target once, as the first of those who get it have it.",
                "<th>Text</th><th>Target</th><th class=\"n\">See it</th>", rows, "wide links");
}

}  // namespace tocsin
