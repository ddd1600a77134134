#include "inbound/recognise/diagnosis.h"

#include "base/text.h"
#include "inbound/recognise/codes.h"
#include "inbound/recognise/reasons.h"
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

// A code that means one thing, whoever gives it. Others are given for want of a better one, or for
// anything at all (5.7.1, 5.4.1, 5.5.0): the words beside them tell more.
bool is_clear(std::string_view enhanced) {
    for (std::string_view clear : {".1.1", ".1.2", ".1.3", ".1.6", ".1.7", ".1.8", ".1.10", ".2.1",
                                   ".2.2", ".2.3", ".3.1", ".3.4", ".4.5", ".7.8", ".7.9"}) {
        if (enhanced.size() > 4 && enhanced.substr(1) == clear) return true;
    }
    if (enhanced.ends_with(".7.13")) return false;  // whose account is disabled, few agree
    return enhanced.size() > 5 && enhanced.substr(1).starts_with(".7.");  // all but the first ten
}

const Reason* reason_in(std::string_view text, std::span<const Reason> table) {
    for (const Reason& reason : table) {
        if (text.find(reason.text) != text.npos) return &reason;
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

bool is_transient(const Codes& codes) {
    return codes.enhanced.empty() ? codes.basic > 0 && codes.basic < 500
                                  : codes.enhanced.front() == '4';
}

// Who refuses the recipient speaks of the mailbox, who refuses the content does not.
BounceClass by_command(std::string_view text) {
    for (std::string_view content : {"end of data", "data command", "mail from", "to data"}) {
        if (text.find(content) != text.npos) return BounceClass::kPolicy;
    }
    return text.find("rcpt to") != text.npos ? BounceClass::kHard : BounceClass::kNone;
}

// RFC 5321: 550, 551 and 553 are about the mailbox.
BounceClass by_number(const Codes& codes) {
    const bool of_address = codes.basic == 550 || codes.basic == 551 || codes.basic == 553;
    return of_address && !is_transient(codes) ? BounceClass::kHard : BounceClass::kSoft;
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
    if (codes.enhanced.empty() || (!is_clear(codes.enhanced) && is_clear(status))) {
        codes.enhanced = status;
    }
    const std::string words = rule_text(comparable(text));
    const bool clear = is_clear(codes.enhanced);
    const About by_code = about_of(codes);
    auto by_reason = [&](const Reason& reason, Ground ground) -> Diagnosis {
        return {class_of(reason.about), clear ? codes.enhanced : with_class(reason.status, codes),
                ground};
    };
    if (auto* reason = reason_in(words, sender_reasons()))
        return by_reason(*reason, Ground::kClear);
    if (clear && by_code != About::kNothingKnown) {
        return {class_of(by_words_first(codes, words, by_code)), codes.enhanced, Ground::kClear};
    }
    for (auto* table : {mailbox_reasons, message_reasons}) {
        if (auto* reason = reason_in(words, table())) return by_reason(*reason, Ground::kClear);
    }
    if (by_code != About::kNothingKnown) return {class_of(by_code), codes.enhanced, Ground::kHint};
    const bool told = codes.basic != 0 || !codes.enhanced.empty();
    const BounceClass command = by_command(words);
    if (told && !is_transient(codes) && command != BounceClass::kNone) {
        return {command, codes.enhanced, Ground::kHint};
    }
    if (auto* reason = reason_in(words, loose_reasons())) return by_reason(*reason, Ground::kHint);
    if (!told) return {};
    return {by_number(codes), codes.enhanced, Ground::kNumber};
}

}  // namespace tocsin
