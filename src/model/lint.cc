#include "model/lint.h"

#include <algorithm>

namespace tocsin {
namespace {

constexpr Severity kError = Severity::kError;
constexpr Severity kWarning = Severity::kWarning;

constexpr LintRule kRules[] = {
    {"active-content", kError,
     "mail programs take scripts, forms and embedded pages out, and receivers take them for an "
     "attack"},
    {"base-element", kError,
     "mail programs ignore or mistake `<base>`, and every link may then lead elsewhere"},
    {"data-url", kWarning, "Gmail and Outlook show no `data:` images"},
    {"dear-friend", kWarning, "a greeting to nobody in particular is what spam begins with"},
    {"dns-dkim", kWarning, "receivers cannot verify a signature whose key they do not find"},
    {"dns-dmarc", kWarning, "Gmail, Yahoo and Microsoft want a DMARC record of whoever sends much"},
    {"dns-mx", kWarning, "a sender's domain that takes no mail cannot get replies or bounces"},
    {"dns-spf", kWarning, "receivers do not believe a sender whose servers are not named"},
    {"empty-from-name", kError, "inboxes show an address where the sender's name should be"},
    {"empty-greeting", kError, "the greeting shows that the name was meant to be filled in"},
    {"external-css", kError, "mail programs load no style sheets, so the mail comes out bare"},
    {"foreign-unsubscribe-link", kError, "whoever clicks it unsubscribes somebody else"},
    {"freemail-from", kWarning,
     "large providers' DMARC policies have mail from their domains refused that others send"},
    {"html-large", kWarning, "Gmail cuts mails off at about 102 KB"},
    {"html-too-large", kError, "Gmail cuts the mail off, and the unsubscribe link with it"},
    {"image-without-alt", kWarning, "whoever blocks images or cannot see them learns nothing"},
    {"image-without-width", kWarning, "Outlook shows the image at its full size"},
    {"insecure-link", kError,
     "browsers warn of `http:`, and anybody on the way can read and change what it leads to"},
    {"large-outlier", kWarning,
     "a mail that is much larger than the others usually holds a cell that went wrong"},
    {"link-broken", kWarning, "readers end at an error page"},
    {"link-redirect", kWarning,
     "a link that leads through others is slower, and looks like tracking"},
    {"link-unreachable", kWarning, "readers may not get there either"},
    {"links-differ", kWarning, "who reads the text part is asked for something else"},
    {"long-line", kError, "no server need accept a line of more than 998 bytes"},
    {"long-outlier", kWarning, "phones cut this person's subject off"},
    {"long-subject", kWarning, "phones cut off a subject of more than 60 characters"},
    {"meta-refresh", kError, "receivers take a mail that moves by itself for an attack"},
    {"misleading-link", kWarning,
     "a text that names another host than its target is what phishing looks like"},
    {"mostly-image", kWarning,
     "filters distrust mails of images, and who blocks images sees nothing"},
    {"no-charset", kWarning, "some programs guess the character set, and guess wrong"},
    {"no-color-scheme", kWarning, "dark mode may turn the colours round as it likes"},
    {"no-lang", kWarning, "screen readers read it in the wrong language"},
    {"no-list-unsubscribe", kError,
     "Gmail and Yahoo refuse bulk mail without one-click unsubscribe"},
    {"no-postal-address", kError,
     "CAN-SPAM and CASL demand the sender's postal address in every mail"},
    {"no-preheader", kWarning, "inboxes show the mail's first words instead, whatever they are"},
    {"no-privacy-link", kWarning,
     "the GDPR gives readers a right to know what is done with their data"},
    {"no-reason", kWarning, "who does not know why the mail came reports it as spam"},
    {"no-reply-address", kWarning,
     "supporters who answer should be heard, and filters count replies in your favour"},
    {"no-unsubscribe-link", kError,
     "who finds no way out reports the mail as spam; the law demands one"},
    {"no-viewport", kWarning, "phones show the mail tiny"},
    {"placeholder-value", kWarning, "the person is greeted by a word that stands for no value"},
    {"preheader-length", kWarning, "inboxes show between 40 and 130 characters"},
    {"rare-branch", kWarning, "what only very few people see has seldom been looked at"},
    {"relative-url", kWarning, "a mail has no address that a link could be relative to"},
    {"script-link", kError,
     "mail programs remove `javascript:` links, and receivers take them for an attack"},
    {"spam-score", kWarning, "filters of this kind would keep the mail from the inbox"},
    {"stray-link", kWarning, "one person's link leads to another host than everybody's"},
    {"style-in-body", kWarning, "Gmail ignores a `<style>` outside the head"},
    {"subject-fake-reply", kWarning,
     "a `Re:` that answers nothing is deceptive, and filters know it"},
    {"subject-upper-case", kWarning, "filters and people take capitals for shouting"},
    {"text-lacks-link", kWarning, "who reads the text part cannot follow it"},
    {"unencoded-link-field", kError, "a blank or `&` in the cell breaks the link for this person"},
    {"unresolved-tag", kError, "people see the braces"},
    {"unsafe-css", kWarning, "Outlook or Gmail does not know this CSS, and the layout falls apart"},
    {"unsafe-element", kWarning, "Outlook or Gmail shows nothing in its place"},
    {"url-shortener", kWarning, "filters block shorteners, as nobody sees where they lead"},
};

}  // namespace

std::span<const LintRule> lint_rules() {
    return kRules;
}

const LintRule* find_lint_rule(std::string_view id) {
    auto rule = std::ranges::lower_bound(kRules, id, {}, &LintRule::id);
    return rule != std::end(kRules) && rule->id == id ? &*rule : nullptr;
}

}  // namespace tocsin
