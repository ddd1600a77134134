#include "mail/reply_meaning.h"

#include <sstream>

#include "base/text.h"

namespace tocsin {
namespace {

// --- Texts: they outrank codes, and the first that occurs counts ---------------------------------

enum class Basic { kAny, k4yz, k5yz };

struct TextRule {
    std::string_view text;  // ASCII lower case
    Basic with;
    Meaning meaning;
};

constexpr Meaning kBlocked{About::kBlock, "the receiver blocks our server"};
constexpr Meaning kQuotaSpent{About::kSender, "the sender's quota is spent"};
constexpr Meaning kAsksForLater{About::kGreylist, "greylisted"};
constexpr Meaning kTooFast{About::kThrottle, "throttled"};
constexpr Meaning kMailboxFull{About::kFull, "mailbox full"};
constexpr Meaning kUnknown{About::kNoMailbox, "no such mailbox"};

constexpr TextRule kTexts[] = {
    {"s3150", Basic::kAny, kBlocked},              // Microsoft, as 550 5.7.1: our IP or network
    {"s3140", Basic::kAny, kBlocked},              // the same
    {"banned sending ip", Basic::kAny, kBlocked},  // Microsoft, 5.7.606 and its neighbours
    {"blocked using", Basic::kAny, kBlocked},      // Postfix, Exchange, Barracuda: a DNS block list
    // Postfix checks client, greeting and sender when RCPT comes, and says so there.
    {"client host rejected", Basic::k5yz, kRefusesSender},
    {"helo command rejected", Basic::k5yz, kRefusesSender},
    {"sender address rejected", Basic::k5yz, kRefusesSender},
    {"relay access denied", Basic::k5yz, kRefusesSender},  // Postfix: we are not logged in
    {"relaying denied", Basic::k5yz, kRefusesSender},      // Sendmail
    {"unable to relay", Basic::k5yz, kRefusesSender},      // Exchange
    {"relay not permitted", Basic::k5yz, kRefusesSender},  // Exim
    {"sending quota", Basic::k5yz, kQuotaSpent},           // Google, 5.4.5
    {"sending limit", Basic::k5yz, kQuotaSpent},           // Google, 5.4.5
    {"emails per hour", Basic::k5yz, kQuotaSpent},         // cPanel
    {"greylist", Basic::k4yz, kAsksForLater},
    {"graylist", Basic::k4yz, kAsksForLater},
    {"too quickly", Basic::k4yz, kTooFast},  // Google, 4.2.1
    {"too many messages", Basic::k4yz, kTooFast},
    {"rate limit", Basic::k4yz, kTooFast},
    {"throttl", Basic::k4yz, kTooFast},
    {"over quota", Basic::kAny, kMailboxFull},
    {"quota exceeded", Basic::kAny, kMailboxFull},
    {"mailbox full", Basic::kAny, kMailboxFull},
    {"mailbox is full", Basic::kAny, kMailboxFull},
    {"user unknown", Basic::k5yz, kUnknown},        // Postfix, Sendmail
    {"unknown user", Basic::k5yz, kUnknown},        // Exim
    {"no such user", Basic::k5yz, kUnknown},        // many
    {"no mailbox here by", Basic::k5yz, kUnknown},  // qmail
    {"user doesn't have a", Basic::k5yz, kUnknown}  // Yahoo, as 554
};

// --- Codes: the first that fits counts -----------------------------------------------------------

struct CodeRule {
    int basic;                 // or 0: any
    std::string_view subject;  // class and subject of the enhanced code, or empty: any, or none
    int first, last;           // its detail, both ends included
    Meaning meaning;
};

constexpr CodeRule kCodes[] = {
    // RFC 4954: the login. 525 is RFC 5248's, for a login that was disabled.
    {525, "", 0, 0, {About::kSender, "the sender's login is disabled"}},
    {530, "", 0, 0, {About::kSender, "the server wants a login"}},
    {534, "", 0, 0, {About::kSender, "the server refuses the login"}},
    {535, "", 0, 0, {About::kSender, "the server refuses the login"}},
    {538, "", 0, 0, {About::kSender, "the server refuses the login"}},
    // RFC 3463, RFC 7505 (5.1.10, a domain with a null MX)
    {0, "5.1.", 1, 1, {About::kNoMailbox, "no such mailbox"}},
    {0, "5.1.", 2, 2, {About::kNoMailbox, "no such domain"}},
    {0, "5.1.", 3, 3, {About::kNoMailbox, "no valid address"}},
    {0, "5.1.", 6, 6, {About::kNoMailbox, "the mailbox has moved"}},
    {0, "5.1.", 10, 10, {About::kNoMailbox, "the domain takes no mail"}},
    {0, "5.1.", 7, 8, {About::kSender, "the server refuses the sender's address"}},
    {0, "5.2.", 1, 1, {About::kNoMailbox, "the mailbox is disabled"}},
    {0, "5.2.", 2, 2, kMailboxFull},
    {0, "4.2.", 2, 2, kMailboxFull},
    {0, "5.2.", 3, 3, {About::kFull, "too large for this mailbox"}},
    {0, "4.3.", 1, 1, {About::kFull, "the mail system is full"}},
    {0, "5.3.", 4, 4, {About::kMessage, "too large for the mail system"}},
    {0, "4.4.", 5, 5, {About::kThrottle, "the mail system is congested"}},
    {0, "4.7.", 0, 0, kTooFast},
    {0, "4.7.", 28, 28, kTooFast},  // Google; before the range that it lies in
    {0, "5.7.", 8, 9, {About::kSender, "the server refuses the login"}},
    {0, "5.7.", 13, 13, {About::kSender, "the sender's login is disabled"}},
    {0, "5.7.", 17, 18, {About::kNoMailbox, "the address has changed hands"}},  // RFC 7293
    // RFC 7372: SPF, DKIM, DMARC, PTR
    {0, "5.7.", 20, 32, {About::kSender, "the server does not trust this sender"}},
    {0, "4.7.", 23, 32, {About::kSender, "the server does not trust this sender"}},
    {0, "5.7.", 40, 40, {About::kSender, "the server does not trust this sender"}},
    {0, "5.7.", 515, 515, {About::kSender, "the server does not trust this sender"}},  // Microsoft
    {0, "5.7.", 606, 649, kBlocked},                                                   // Microsoft
    {0, "5.7.", 0, 999, {About::kPolicy, "refused by policy"}},
    {0, "5.4.", 0, 999, {About::kMessage, "no route to the mailbox"}},
    {0, "5.5.", 0, 999, {About::kMessage, "the servers did not understand each other"}},
    {0, "5.6.", 0, 999, {About::kMessage, "the server cannot take mail of this form"}},
    {450, "4.2.", 0, 0, kAsksForLater},  // postgrey; the mailbox behind it may well be good
    {451, "4.2.", 0, 0, kAsksForLater},
    {0, "4.1.", 0, 999, {About::kMailbox, "the address cannot be checked now"}},
    {0, "4.2.", 0, 999, {About::kMailbox, "the mailbox cannot take it now"}},
    // RFC 5321
    {421, "", 0, 0, {About::kThrottle, "the server closes or is busy"}},
    {450, "", 0, 0, {About::kThrottle, "the server cannot take it now"}},
    {451, "", 0, 0, {About::kThrottle, "the server cannot take it now"}},
    {552, "", 0, 0, {About::kFull, "full, or too large"}},
    {554, "", 0, 0, {About::kPolicy, "refused"}},
};

bool fits(const TextRule& rule, const SmtpReply& reply, std::string_view text) {
    if (rule.with == Basic::k4yz && !reply.transient()) return false;
    if (rule.with == Basic::k5yz && !reply.permanent()) return false;
    return text.find(rule.text) != text.npos;
}

bool fits(const CodeRule& rule, const SmtpReply& reply) {
    if (rule.basic != 0 && rule.basic != reply.code) return false;
    if (rule.subject.empty()) return true;
    std::string_view enhanced = reply.enhanced;
    if (!enhanced.starts_with(rule.subject)) return false;
    int detail = 0;
    for (char c : enhanced.substr(rule.subject.size())) detail = detail * 10 + (c - '0');
    return detail >= rule.first && detail <= rule.last;
}

}  // namespace

std::string rule_text(const std::string& text) {
    std::string kept;
    std::istringstream words(ascii_lower(text));
    for (std::string word; words >> word;) {
        if (word.find('@') == word.npos) kept += word + ' ';
    }
    return kept;
}

Meaning meaning_of(const SmtpReply& reply, std::string_view text) {
    if (!reply.transient() && !reply.permanent()) return {};
    for (const TextRule& rule : kTexts) {
        if (fits(rule, reply, text)) return rule.meaning;
    }
    for (const CodeRule& rule : kCodes) {
        if (fits(rule, reply)) return rule.meaning;
    }
    return {About::kNothingKnown, reply.transient() ? "not now" : "refused"};
}

}  // namespace tocsin
