#include "inbound/recognise/signs.h"

#include <algorithm>

#include "base/text.h"
#include "inbound/recognise/codes.h"
#include "inbound/recognise/diagnosis.h"
#include "inbound/recognise/phrases.h"

namespace tocsin {
namespace {

constexpr std::string_view kAccounts[] = {
    "mailer-daemon", "mailer_daemon", "mailerdaemon", "mail-daemon",       "maildaemon",
    "mail_daemon",   "postmaster",    "post_master",  "post-master",       "mmdf",
    "mail.delivery", "mail-delivery", "mdaemon",      "microsoftexchange",
};

// Accounts of programs, and not only of those that carry mail: they must return the mail, too.
constexpr std::string_view kPrograms[] = {
    "smtp", "mailservice", "mail_service", "mail-service", "no-reply", "noreply", "no_reply",
};

// Words in the name of the sender.
constexpr std::string_view kNames[] = {
    "mail delivery",
    "mail deliver system",
    "delivery subsystem",
    "mailer-daemon",
    "mailer daemon",
    "postmaster",
    "microsoft exchange",
    "microsoft outlook",
    "mail system",
    "mailsystem",
    "ndr administrator",
    "system administrator",
    "systemadministrator",
    "administrateur système",
    "administrador del sistema",
    "amministratore di sistema",
    "mail administrator",
    "email administrator",
};

template <typename Table>
bool has_any(std::string_view text, const Table& table) {
    return std::any_of(std::begin(table), std::end(table),
                       [&](std::string_view row) { return text.find(row) != text.npos; });
}

int by_sender(const ParsedMail& mail) {
    const std::string from = comparable(mail.header.first("from"));
    if (has_any(from, kAccounts)) return 2;
    if (mail.header.has("from") && trim(from).ends_with("<>")) return 2;
    return has_any(from, kNames) ? 1 : 0;
}

bool is_program(const ParsedMail& mail) {
    return has_any(comparable(mail.header.first("from")), kPrograms);
}

int by_envelope(const ParsedMail& mail) {
    const std::string path = ascii_lower(mail.header.first("return-path"));
    if (has_any(path, kAccounts) || has_any(mail.mbox_from, kAccounts)) return 2;
    const bool null = path == "<>" || mail.mbox_from == "<>";
    return null ? 1 : 0;
}

bool is_delivery_report(const ParsedMail& mail) {
    return std::any_of(mail.parts.begin(), mail.parts.end(), [](const MailPart& part) {
        return part.inside == 0 && part.type == "multipart/report" &&
               (part.report_type.empty() || part.report_type == "delivery-status");
    });
}

int by_failure_subject(const ParsedMail& mail) {
    const std::string subject = comparable(mail.header.first("subject"));
    if (is_answer(subject)) return 0;
    int weight = 0;
    for (const Phrase& phrase : failure_subjects()) {
        if (subject.find(phrase.text) < 20) weight = std::max(weight, phrase.weight);
    }
    return weight;
}

bool returns_mail(const ParsedMail& mail, const Notice& notice) {
    return !notice.returned.empty() ||
           std::any_of(mail.parts.begin(), mail.parts.end(), [](const MailPart& part) {
               return part.inside == 0 && !part.message.empty();
           });
}

}  // namespace

bool is_answer(std::string_view subject) {
    const std::string words = comparable(subject);
    for (std::string_view mark :
         {"re:", "re :", "re[", "fwd:", "fw:", "aw:", "wg:", "antw:", "tr:", "rv:", "sv:", "vs:",
          "odp:", "res:", "enc:", "i:", "r:", "ynt:"}) {
        if (words.starts_with(mark)) return true;
    }
    return false;
}

bool is_of_list(const ParsedMail& mail) {
    for (std::string_view name : {"list-id", "list-post", "mailing-list", "list-unsubscribe",
                                  "x-mailing-list", "x-mailman-version"}) {
        if (mail.header.has(name)) return true;
    }
    return false;
}

int from_mail_system(const ParsedMail& mail, const Notice& notice) {
    int sure = by_sender(mail);
    if (mail.header.has("x-list-administrivia")) sure = 2;  // Mailman's own words
    if (is_of_list(mail) && sure < 2) return 0;
    const int envelope = by_envelope(mail);
    if (envelope == 2) sure += 2;
    if (mail.header.has("x-failed-recipients")) sure += 2;
    if (is_delivery_report(mail)) sure += 2;
    // Replies of programs have these too.
    const bool program = envelope == 1 || (is_program(mail) && returns_mail(mail, notice)) ||
                         ascii_lower(mail.header.first("auto-submitted")).starts_with("auto-");
    return std::max(sure, program ? 1 : 0);
}

int speaks_of_failure(const ParsedMail& mail, const Notice& notice) {
    const int sum = by_failure_subject(mail);
    int words = 0;
    const std::string text = comparable(notice.text);
    for (const Phrase& phrase : failure_phrases()) {
        if (text.find(phrase.text) != text.npos) words = std::max(words, phrase.weight);
    }
    if (mail.header.has("x-failed-recipients")) words = 2;
    if (words == 0 && speaks_of_delay(mail, notice)) words = 1;
    const bool coded = !telling_lines(notice.text).empty();
    return sum + words + (coded ? 1 : 0) + (returns_mail(mail, notice) ? 1 : 0);
}

bool has_failure_subject(const ParsedMail& mail) {
    return by_failure_subject(mail) > 0;
}

bool returns_as_program(const ParsedMail& mail, const Notice& notice) {
    return is_program(mail) && by_envelope(mail) == 1 && returns_mail(mail, notice);
}

bool speaks_of_delay(const ParsedMail& mail, const Notice& notice) {
    std::string text = comparable(mail.header.first("subject"));
    text += ' ' + comparable(notice.text);
    return has_any(text, delay_phrases()) && !has_any(text, give_up_phrases());
}

}  // namespace tocsin
