#include "inbound/diagnosis.h"

#include "base/text.h"
#include "inbound/codes.h"
#include "inbound/reasons.h"
#include "mail/reply_meaning.h"

namespace tocsin {
namespace {

BounceClass class_of(About about) {
    switch (about) {
        case About::kNoMailbox:
            return BounceClass::kHard;
        case About::kPolicy:
        case About::kBlock:
        case About::kSender:
            return BounceClass::kPolicy;
        case About::kNothingKnown:
            return BounceClass::kNone;
        default:
            return BounceClass::kSoft;
    }
}

// A code that systems give for want of a better one: the words beside it tell more.
bool is_vague(std::string_view enhanced) {
    if (enhanced.size() < 5) return true;
    const std::string_view rest = enhanced.substr(1);
    for (std::string_view vague : {".0.0", ".1.0", ".2.0", ".3.0", ".3.5", ".4.0", ".4.1", ".4.4",
                                   ".4.6", ".4.7", ".5.0", ".5.1", ".5.4", ".7.0", ".7.1"}) {
        if (rest == vague) return true;
    }
    return rest.starts_with(".0.") || rest.starts_with(".5.");
}

const Reason* reason_in(std::string_view text) {
    for (auto* table : {sender_reasons, mailbox_reasons, message_reasons}) {
        for (const Reason& reason : table()) {
            if (text.find(reason.text) != text.npos) return &reason;
        }
    }
    return nullptr;
}

// A code whose meaning is known, without regard to texts: those were looked for before.
About about_of(const Codes& codes) {
    SmtpReply reply;
    reply.enhanced = codes.enhanced;
    reply.code = codes.basic;
    if (reply.code == 0 && !codes.enhanced.empty())
        reply.code = codes.enhanced[0] == '4' ? 499 : 599;
    if (!codes.enhanced.empty() && codes.enhanced[0] == '2') return About::kNothingKnown;
    return meaning_of(reply, "").about;
}

// The few texts that outrank codes in live replies do so here.
About by_words_first(const Codes& codes, std::string_view words, About by_code) {
    SmtpReply reply;
    reply.enhanced = codes.enhanced;
    reply.code = codes.basic != 0 ? codes.basic : codes.enhanced[0] == '4' ? 450 : 550;
    const About about = meaning_of(reply, words).about;
    return about == About::kNothingKnown ? by_code : about;
}

// For replies without words that anybody knows: who refuses the recipient speaks of the mailbox,
// who refuses the content does not.
BounceClass by_command(const Codes& codes, std::string_view text) {
    const bool transient =
        codes.enhanced.empty() ? codes.basic < 500 : codes.enhanced.front() == '4';
    if (transient) return BounceClass::kSoft;
    for (std::string_view content : {"end of data", "data command", "mail from", "to data"}) {
        if (text.find(content) != text.npos) return BounceClass::kPolicy;
    }
    if (text.find("rcpt to") != text.npos) return BounceClass::kHard;
    const bool of_address = codes.basic == 550 || codes.basic == 551 || codes.basic == 553;
    return of_address ? BounceClass::kHard : BounceClass::kSoft;
}

std::string with_class(std::string_view status, const Codes& codes) {
    const char told = !codes.enhanced.empty() ? codes.enhanced[0]
                      : codes.basic != 0      ? static_cast<char>('0' + codes.basic / 100)
                                              : status[0];
    std::string text(status);
    if (told == '4' || told == '5') text[0] = told;
    return text;
}

}  // namespace

std::string comparable(std::string_view text) {
    std::string kept;
    kept.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned char c = text[i];
        if (c <= ' ' || c == 127) {
            if (!kept.empty() && kept.back() != ' ') kept += ' ';
        } else if (text.substr(i, 2) == "\u00a0") {
            if (!kept.empty() && kept.back() != ' ') kept += ' ';
            i += 1;
        } else if (std::string_view mark = text.substr(i, 3); mark == "’" || mark == "‘") {
            kept += '\'';
            i += 2;
        } else {
            kept += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
        }
    }
    return kept;
}

Diagnosis diagnose(std::string_view status, std::string_view text) {
    Codes codes = find_codes(text);
    if (codes.enhanced.empty() || (is_vague(codes.enhanced) && !is_vague(status))) {
        codes.enhanced = status;
    }
    const std::string words = rule_text(comparable(text));
    const bool clear = !is_vague(codes.enhanced);
    const About by_code = about_of(codes);
    if (clear && by_code != About::kNothingKnown) {
        return {class_of(by_words_first(codes, words, by_code)), codes.enhanced, true};
    }
    if (const Reason* reason = reason_in(words)) {
        return {class_of(reason->about), clear ? codes.enhanced : with_class(reason->status, codes),
                true};
    }
    if (by_code != About::kNothingKnown) return {class_of(by_code), codes.enhanced, false};
    if (codes.basic == 0 && codes.enhanced.empty()) return {};
    return {by_command(codes, words), codes.enhanced, false};
}

}  // namespace tocsin
