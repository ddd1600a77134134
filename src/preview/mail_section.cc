// One recipient's part of the page.
#include <array>

#include "base/html.h"
#include "base/text.h"
#include "preview/page_parts.h"

namespace tocsin {
namespace {

struct View {
    std::string_view id, label;
};
constexpr std::array<View, 6> kViews{{{"light", "Light"},
                                      {"dark", "Dark"},
                                      {"bare", "Images off"},
                                      {"text", "Text"},
                                      {"headers", "Headers"},
                                      {"source", "Source"}}};

std::string content_of(const MailView& mail, std::string_view view) {
    if (view == "text") return text_view(mail);
    if (view == "headers") return header_view(mail);
    if (view == "source") return source_view(mail);
    return html_view(mail, view);
}

std::string tabs(const std::string& mail) {
    std::string out = "<div class=\"tabs\" role=\"tablist\" aria-label=\"How it is shown\">";
    for (std::size_t i = 0; i < kViews.size(); ++i) {
        std::string id = mail + "-" + std::string(kViews[i].id);
        out += "<button type=\"button\" role=\"tab\" id=\"" + id + "-tab\" aria-controls=\"" + id +
               "\" data-view=\"" + std::string(kViews[i].id) + "\" aria-selected=\"" +
               (i == 0 ? "true" : "false") + "\"><kbd>" + std::to_string(i + 1) + "</kbd>" +
               std::string(kViews[i].label) + "</button>";
    }
    return out + "</div>\n";
}

std::string panels(const MailView& mail, const std::string& id) {
    std::string out;
    for (const View& view : kViews) {
        std::string panel = id + "-" + std::string(view.id);
        out += "<div class=\"panel\" role=\"tabpanel\" id=\"" + panel + "\" data-view=\"" +
               std::string(view.id) + "\" aria-labelledby=\"" + panel + "-tab\">" +
               content_of(mail, view.id) + "</div>\n";
    }
    return out;
}

std::string sizes_of(const MailView& mail) {
    std::string out;
    if (!mail.parts.html.empty()) {
        bool is_cut = mail.parts.html.size() >= kGmailLine;
        out += element("span", is_cut ? "bad" : "", "HTML " + kilobytes(mail.parts.html.size())) +
               " · ";
    }
    return out + "mail " + kilobytes(mail.source.size());
}

std::string heading(const MailView& mail) {
    std::string out = "<h2><bdi>" + escape_html(mail.parts.subject) +
                      "</bdi></h2>\n<p class=\"quiet meta\">to <bdi>" + escape_html(mail.address) +
                      "</bdi> · " + sizes_of(mail) + " · <a href=\"" + escape_html(mail.file) +
                      "\">" + escape_html(mail.file) +
                      "</a></p>\n<ul class=\"reasons\" "
                      "aria-label=\"Why it was chosen\">";
    for (const std::string& reason : mail.reasons) out += element("li", "", reason);
    if (!mail.gets_none.empty()) out += element("li", "warning", "gets no mail: " + mail.gets_none);
    return out + "</ul>\n";
}

std::string findings_of(const MailView& mail) {
    if (mail.findings.empty()) return "";
    return "<details class=\"own\" open><summary>" + summary(mail.findings) +
           " in this mail</summary>" + finding_list(mail.findings) + "</details>\n";
}

}  // namespace

std::string mail_section(const CampaignSummary& summary, const MailView& mail, std::size_t number) {
    const std::string id = "m" + std::to_string(number);
    return "<section class=\"item mail\" id=\"" + id + "\" aria-label=\"Mail " +
           std::to_string(number) + "\">\n" + heading(mail) + inbox_lines(summary.from, mail) +
           findings_of(mail) + tabs(id) + panels(mail, id) + "</section>\n";
}

}  // namespace tocsin
