#include "model/lint.h"

#include <algorithm>

namespace tocsin {
namespace {

constexpr Severity kError = Severity::kError;
constexpr Severity kWarning = Severity::kWarning;

constexpr LintRule kRules[] = {
    {"active-content", kError,
     "mail programs do not run scripts, forms and embedded pages, and filters take them for an "
     "attack"},
    {"base-element", kError,
     "mail programs drop or misread `<base>`, and every link may then lead elsewhere"},
    {"data-url", kWarning, "Gmail and Outlook show no `data:` images"},
    {"dear-friend", kWarning, "a greeting to nobody in particular is what spam begins with"},
    {"dns-dkim", kWarning, "receivers cannot verify a signature whose key they do not find"},
    {"dns-dmarc", kWarning,
     "Gmail, Yahoo and Microsoft demand a DMARC record of whoever sends them 5,000 mails a day"},
    {"dns-mx", kWarning, "a sender's domain that takes no mail gets neither replies nor bounces"},
    {"dns-spf", kWarning,
     "receivers doubt a sender whose domain does not name the servers that send for it"},
    {"empty-from-name", kError, "inboxes show an address where the sender's name should be"},
    {"empty-greeting", kError, "the greeting shows that a name was meant to be there"},
    {"external-css", kError, "most mail programs load no style sheets, so the mail comes out bare"},
    {"foreign-unsubscribe-link", kError, "whoever clicks it unsubscribes somebody else, or nobody"},
    {"freemail-from", kWarning,
     "only the provider can sign for its domain: from anywhere else the mail fails DMARC, and is "
     "refused or taken for spam"},
    {"html-large", kWarning, "Gmail cuts a mail off at about 102 KB, and this one comes close"},
    {"html-too-large", kError,
     "Gmail cuts a mail off at about 102 KB, and hides the unsubscribe link behind the cut"},
    {"image-without-alt", kWarning, "whoever blocks images or cannot see them learns nothing"},
    {"image-without-width", kWarning,
     "Outlook on Windows shows the image at its own size, whatever the layout"},
    {"insecure-link", kError,
     "browsers warn of `http:` pages, and anybody on the way can read and change them"},
    {"large-outlier", kWarning,
     "a mail that is much larger than the others usually holds a cell that went wrong"},
    {"link-broken", kWarning, "readers end at an error page"},
    {"link-redirect", kWarning,
     "a link that leads through others is slower, and looks like tracking"},
    {"link-unreachable", kWarning, "readers may not get there either"},
    {"links-differ", kWarning,
     "readers of the text part are asked for something that the others are not"},
    {"long-line", kError,
     "the standard allows 998 bytes a line (RFC 5322): where a server on the way undoes the "
     "encoding, it is cut or refused"},
    {"long-outlier", kWarning, "phones cut this person's subject off"},
    {"long-subject", kWarning,
     "most inboxes cut off a subject of more than 60 characters, phones sooner"},
    {"meta-refresh", kError,
     "filters take a mail that moves readers to a page by itself for an attack"},
    {"misleading-link", kWarning,
     "a link that shows one host and leads to another is what phishing looks like"},
    {"mostly-image", kWarning,
     "filters distrust mails of images, and whoever blocks images sees nothing"},
    {"no-charset", kWarning,
     "programs that take the HTML out of the mail, to show or save it, may guess the wrong "
     "characters"},
    {"no-color-scheme", kWarning,
     "dark modes then choose colours by themselves, and may hide text or a logo"},
    {"no-lang", kWarning, "screen readers read it out in the wrong language"},
    {"no-list-unsubscribe", kError,
     "Gmail and Yahoo demand one-click unsubscribe of whoever sends them 5,000 mails a day"},
    {"no-postal-address", kError,
     "laws such as CAN-SPAM and CASL demand the sender's postal address in the mail"},
    {"no-preheader", kWarning, "inboxes show the mail's first words instead, whatever they are"},
    {"no-privacy-link", kWarning,
     "readers have a right to know what is done with their data (GDPR, articles 13 and 14)"},
    {"no-reason", kWarning, "whoever does not know why the mail came reports it as spam"},
    {"no-reply-address", kWarning,
     "supporters who answer should be heard, and mailbox providers count replies in your favour"},
    {"no-unsubscribe-link", kError,
     "whoever finds no way out reports the mail as spam; laws demand one"},
    {"no-viewport", kWarning,
     "some phones show the mail tiny, as they would a page for a large screen"},
    {"placeholder-value", kWarning,
     "the mail shows a word that stands for no value, such as “N/A”, where a name goes"},
    {"preheader-length", kWarning,
     "inboxes show between 40 and 130 characters: less leaves room for the mail's first words, "
     "more is cut off"},
    {"rare-branch", kWarning, "what only very few people see has seldom been looked at"},
    {"relative-url", kWarning, "a mail has no address that a link could be relative to"},
    {"script-link", kError,
     "mail programs take script links out, and filters take them for an attack"},
    {"spam-score", kWarning, "filters of this kind would keep the mail from the inbox"},
    {"stray-link", kWarning,
     "a link that leads few people to another host than everybody else usually comes from a cell "
     "that went wrong"},
    {"style-in-body", kWarning, "Gmail ignores a `<style>` outside the head"},
    {"subject-fake-reply", kWarning,
     "a reply to nothing deceives its reader; filters know that, and laws such as CAN-SPAM forbid "
     "it"},
    {"subject-upper-case", kWarning, "people and filters take capitals for shouting"},
    {"text-lacks-link", kWarning, "readers of the text part cannot follow it"},
    {"unencoded-link-field", kError,
     "a blank, `&` or `#` in the cell breaks the link for this person"},
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
