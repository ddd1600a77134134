#include <algorithm>

#include "base/text.h"
#include "inbound/addresses.h"
#include "inbound/diagnosis.h"
#include "inbound/recognisers.h"
#include "inbound/signs.h"

namespace tocsin {
namespace {

constexpr std::size_t kToken = 52;

bool in_alphabet(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
}
bool is_word(char c) {
    return in_alphabet(c) || (c >= '0' && c <= '9');
}

// What a whole subject, or a whole first line, says that asks to leave; in comparable() form.
constexpr std::string_view kRequests[] = {
    "unsubscribe",
    "unsubscribe me",
    "please unsubscribe",
    "please unsubscribe me",
    "unsubscribe please",
    "unsubscribe request",
    "unsubscribe me please",
    "unsubscribe now",
    "unsubscribe from list",
    "unsubscribe from this list",
    "unsubscribe from your list",
    "unsubscribe me from this list",
    "unsubscribe me from your list",
    "unsubscribe from newsletter",
    "unsubscribe newsletter",
    "unsubscribe from the newsletter",
    "unsubscribe all",
    "un-subscribe",
    "please unsubscribe me from this list",
    "please unsubscribe me from your list",
    "unsub",
    "please unsubscribe me from your mailing list",
    "unsubscribe me from this mailing list",
    "unsubscribe from mailing list",
    "unsubscribe from this mailing list",
    "opt out",
    "opt-out",
    "optout",
    "remove",
    "remove me",
    "please remove me",
    "remove me please",
    "please remove",
    "remove me from this list",
    "remove me from your list",
    "please remove me from this list",
    "please remove me from your list",
    "please remove me from your mailing list",
    "remove from list",
    "take me off your list",
    "take me off this list",
    "stop",
    "stop emails",
    "stop sending me emails",
    "list-unsubscribe",
    "cancel subscription",
    "cancel my subscription",
    // German
    "abmelden",
    "abmeldung",
    "abbestellen",
    "abbestellung",
    "newsletter abbestellen",
    "newsletter abmelden",
    "newsletter abmeldung",
    "abmeldung newsletter",
    "abmeldung vom newsletter",
    "bitte abmelden",
    "austragen",
    "bitte austragen",
    "bitte austragen aus dem verteiler",
    "kein newsletter mehr",
    // French
    "désinscription",
    "desinscription",
    "désinscrire",
    "me désinscrire",
    "se désinscrire",
    "se desinscrire",
    "désabonnement",
    "desabonnement",
    "désabonner",
    "me désabonner",
    "se désabonner",
    "désabonnez-moi",
    "désinscrivez-moi",
    "désinscription newsletter",
    // Spanish, Portuguese, Italian
    "baja",
    "darme de baja",
    "darse de baja",
    "dar de baja",
    "cancelar suscripción",
    "cancelar suscripcion",
    "cancelar mi suscripción",
    "desuscribir",
    "desuscribirme",
    "desuscribirse",
    "anular suscripción",
    "descadastrar",
    "descadastro",
    "cancelar inscrição",
    "cancelar assinatura",
    "remover",
    "sair da lista",
    "disiscrizione",
    "disiscrivimi",
    "cancellami",
    "cancellazione",
    "annulla iscrizione",
    "annullare iscrizione",
    "disiscrivi",
    "cancellazione newsletter",
    // Dutch, Swedish, Danish, Norwegian, Finnish
    "uitschrijven",
    "afmelden",
    "afmelding",
    "uitschrijving",
    "nieuwsbrief afmelden",
    "avregistrera",
    "avprenumerera",
    "avsluta prenumeration",
    "afmeld",
    "afmeld mig",
    "meld meg av",
    "avmelding",
    "peru tilaus",
    "peruuta tilaus",
    // Polish, Czech, Slovak, Hungarian, Romanian, Turkish
    "wypisz",
    "wypisz mnie",
    "rezygnacja",
    "rezygnuję",
    "wypisz się",
    "odhlásit",
    "odhlásiť",
    "odhlášení",
    "leiratkozás",
    "leiratkozom",
    "dezabonare",
    "abonelikten çık",
    "listeden çık",
    // Russian, Chinese, Japanese, Korean
    "отписаться",
    "Отписаться",
    "отпишите меня",
    "отписка",
    "退订",
    "取消订阅",
    "取消訂閱",
    "退訂",
    "配信停止",
    "配信停止希望",
    "購読解除",
    "メルマガ解除",
    "退会",
    "解除",
    "수신거부",
    "구독취소",
};

bool asks_to_leave(std::string_view text) {
    std::string words = comparable(trim(text));
    while (!words.empty() &&
           std::string_view(" .!,;:\"'*<>").find(words.back()) != std::string_view::npos) {
        words.pop_back();
    }
    return std::find(std::begin(kRequests), std::end(kRequests), words) != std::end(kRequests);
}

// The first line that says something.
std::string_view first_words(std::string_view text) {
    while (!text.empty()) {
        std::string_view line = trim(take_line(text));
        if (!line.empty()) return line;
    }
    return {};
}

Report unsubscribe(const ParsedMail& mail) {
    Report report;
    report.kind = FeedbackKind::kUnsubscribe;
    report.text = "asked by mail";
    if (auto from = addresses_in(mail.header.first("from"), 1); !from.empty()) {
        report.recipient = from.front();
    }
    return report;
}

}  // namespace

std::vector<std::string> tokens_in(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t i = 0; i < text.size() && found.size() < 10;) {
        std::size_t end = i;
        while (end < text.size() && is_word(text[end])) ++end;
        const std::string_view run = text.substr(i, end - i);
        if (run.size() == kToken && std::all_of(run.begin(), run.end(), in_alphabet)) {
            found.push_back(ascii_lower(run));
        }
        i = end + 1;
    }
    return found;
}

std::optional<Report> as_unsubscribe(const ParsedMail& mail, const Notice&) {
    for (std::string_view name : {"to", "delivered-to", "x-original-to", "envelope-to", "cc"}) {
        for (std::string_view value : mail.header.all(name)) {
            for (const std::string& address : addresses_in(value, 20)) {
                const std::string_view local =
                    std::string_view(address).substr(0, address.find('@'));
                const std::size_t plus = local.rfind('+');
                if (plus == local.npos) continue;
                if (local.size() - plus - 1 == kToken &&
                    !tokens_in(local.substr(plus + 1)).empty()) {
                    return unsubscribe(mail);
                }
            }
        }
    }
    return std::nullopt;
}

std::optional<Report> as_unsubscribe_request(const ParsedMail& mail, const Notice& notice) {
    if (is_of_list(mail) || from_mail_system(mail, notice) >= 2) return std::nullopt;
    if (asks_to_leave(mail.header.first("subject"))) return unsubscribe(mail);
    const bool answer = is_answer(mail.header.first("subject")) || mail.header.has("in-reply-to");
    if (answer && asks_to_leave(first_words(notice.text))) return unsubscribe(mail);
    return std::nullopt;
}

}  // namespace tocsin
