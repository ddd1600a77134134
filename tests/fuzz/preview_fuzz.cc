// Whatever a mail and its recipient are: the page has the tags that it has, nothing of the net is
// left in the framed copies of a mail's pictures, and what a copy does not change stays.
// Input: HTML, as a mail has it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "preview/framed_html.h"
#include "preview/html_tags.h"
#include "preview/page.h"

using namespace tocsin;

namespace {

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size()))
        ++found;
    return found;
}

void demand(bool holds) {
    if (!holds) std::abort();
}

void copies_stay(const std::string& html) {
    std::string copy = copy_html(
        html, [](HtmlTag&) { return false; },
        [](std::string_view css) { return std::string(css); });
    demand(copy == html);
    demand(beginning_of_head(html) <= html.size());
}

void page_stays_shut(const std::string& text) {
    MailView mail{text, {text}, text, text, {text, text, text, text}, text, {}};
    mail.findings.add({Severity::kError, text, {text, 1, 3}, text, text, text});
    CampaignSummary summary;
    summary.campaign = summary.from = summary.subject = summary.preheader = text;
    summary.findings = mail.findings;
    std::string page = preview_page(summary, {mail});
    const std::size_t frames = text.empty() ? 0 : 6;
    demand(count(page, "<iframe sandbox=\"\" loading") == frames &&
           count(page, "<iframe") == frames);
    demand(count(page, "<script") == 1 && count(page, "</script") == 1);
    demand(count(page, "<img") == 0 && count(page, "</section>") == count(page, "<section"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string html(reinterpret_cast<const char*>(data), size);
    copies_stay(html);
    for (FramedLook look : {FramedLook::kLight, FramedLook::kDark, FramedLook::kNoImages})
        framed_html(html, look);
    page_stays_shut(html);
    return 0;
}
