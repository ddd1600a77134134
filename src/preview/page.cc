#include "preview/page.h"

#include "base/html.h"
#include "base/text.h"
#include "mail/base64.h"
#include "mail/digest.h"
#include "preview/page_parts.h"
#include "preview/resources.h"

namespace tocsin {
namespace {

// `frame-src 'none'`: frames are given their content, and may go nowhere from there.
std::string policy() {
    std::string hash;
    append_base64(hash, sha256(page_script()));
    return "default-src 'none'; script-src 'sha256-" + hash +
           "'; style-src 'unsafe-inline'; img-src data:; frame-src 'none'; base-uri 'none'; "
           "form-action 'none'";
}

std::string head(const std::string& title) {
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
           policy() +
           "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n"
           "<meta name=\"referrer\" content=\"no-referrer\">\n<title>" +
           escape_html(title) + "</title>\n<style>" + std::string(page_style()) +
           "</style>\n</head>\n";
}

std::string verdict(const CampaignSummary& summary) {
    auto badge = [](std::string_view css_class, const std::string& text) {
        return element("span", "badge " + std::string(css_class), text);
    };
    std::string out = badge("", counted(summary.audience.people, "person"));
    if (summary.audience.people != 1) out = badge("", grouped(summary.audience.people) + " people");
    if (summary.findings.errors() > 0)
        out += badge("error", counted(summary.findings.errors(), "error"));
    if (summary.findings.warnings() > 0)
        out += badge("warning", counted(summary.findings.warnings(), "warning"));
    if (summary.findings.empty()) out += badge("good", "nothing found");
    return out;
}

std::string top_bar(const CampaignSummary& summary, std::size_t mails) {
    return "<header class=\"bar\"><a class=\"skip\" href=\"#main\">To the mails</a>"
           "<p class=\"mark\">" +
           element("b", "", summary.campaign) +
           " <span class=\"quiet\">preview</span></p><p "
           "class=\"verdict\">" +
           verdict(summary) +
           "</p><p class=\"steps\"><span id=\"position\" class=\"quiet\" role=\"status\"></span>"
           "<button type=\"button\" id=\"back\" aria-label=\"Previous\" title=\"Previous (k)\">‹"
           "</button><button type=\"button\" id=\"on\" aria-label=\"Next\" title=\"Next (j)\">›"
           "</button><button type=\"button\" id=\"ask\" aria-label=\"Keyboard help\" "
           "title=\"Keyboard help (?)\">?</button></p></header>\n"
           "<nav class=\"rail\" aria-label=\"Mails\"><ol>\n"
           "<li><button type=\"button\" data-go=\"0\" aria-current=\"true\"><b>The campaign</b>"
           "<span>" +
           counted(mails, "mail") + " to look at</span></button></li>\n";
}

std::string rail_entry(const MailView& mail, std::size_t number) {
    std::string why;
    for (const std::string& reason : mail.reasons) why += (why.empty() ? "" : ", ") + reason;
    std::string dot;
    if (!mail.findings.empty()) {
        bool bad = mail.findings.has_errors();
        dot = std::string("<i class=\"dot ") + (bad ? "error" : "warning") + "\" role=\"img\" " +
              "aria-label=\"" + (bad ? "has errors" : "has warnings") + "\"></i>";
    }
    return "<li><button type=\"button\" data-go=\"" + std::to_string(number) + "\"><b><bdi>" +
           escape_html(mail.address) + "</bdi></b><span>" + escape_html(why) + "</span>" + dot +
           "</button></li>\n";
}

constexpr char kHelp[] = R"(<dialog id="help" aria-labelledby="help-title">
<h2 id="help-title">Keyboard</h2>
<dl>
<dt><kbd>j</kbd> <kbd>→</kbd></dt><dd>next mail</dd>
<dt><kbd>k</kbd> <kbd>←</kbd></dt><dd>previous mail</dd>
<dt><kbd>0</kbd></dt><dd>the campaign</dd>
<dt><kbd>1</kbd> – <kbd>6</kbd></dt><dd>light, dark, images off, text, headers, source</dd>
<dt><kbd>?</kbd></dt><dd>this help</dd>
</dl>
<form method="dialog"><button>Close</button></form>
</dialog>
)";

constexpr char kFooter[] =
    "<footer class=\"quiet\"><p>All of it is in this file: nothing is loaded, no link leads "
    "anywhere, and unsubscribe links here suppress nobody. Pictures of the net are drawn as boxes "
    "with their names. It holds personal data.</p></footer>\n";

}  // namespace

std::string preview_page(const CampaignSummary& summary, const std::vector<MailView>& mails) {
    std::string page = head(summary.campaign + ": preview") + "<body>\n";
    page += top_bar(summary, mails.size());
    for (std::size_t i = 0; i < mails.size(); ++i) page += rail_entry(mails[i], i + 1);
    page += "</ol></nav>\n<main id=\"main\" tabindex=\"-1\">\n" + summary_section(summary);
    for (std::size_t i = 0; i < mails.size(); ++i) page += mail_section(summary, mails[i], i + 1);
    page += std::string(kFooter) + "</main>\n" + kHelp;
    return page + "<script>" + std::string(page_script()) + "</script>\n</body>\n</html>\n";
}

}  // namespace tocsin
