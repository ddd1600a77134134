#include "inbound/recognise/notice.h"

#include "base/text.h"
#include "inbound/recognise/codes.h"
#include "inbound/recognise/diagnosis.h"
#include "inbound/recognise/html_words.h"

namespace tocsin {
namespace {

constexpr std::size_t kMost = 64 << 10;

// Words of the lines behind which the returned mail stands, in comparable() form.
constexpr std::string_view kSeparators[] = {
    "below this line is a copy",
    "is a copy of the message",
    "is a copy of your message",
    "copy of the message, including",
    "copy of the message's headers",
    "copy of your message, including",
    "copy of the original message",
    "original message follows",
    "original message below",
    "original message headers",
    "original message header",
    "original mail as follows",
    "unsent message follows",
    "unsent message below",
    "undelivered message follows",
    "returned message follows",
    "message header follows",
    "message headers follow",
    "message text follows",
    "header of the message",
    "headers of the message",
    "text of your message",
    "content of your message",
    "original message:",
    "original message -",
    "bounced e-mail:",
    "bounced mail:",
    "returned message -",
    "message contents",
    "your message reads",
    "the message was:",
    "rejected message",
    "mail header -",
    "ursprüngliche nachricht",
    "originalnachricht",
    "kopie der nachricht",
    "kopie ihrer nachricht",
    "message d'origine",
    "message original",
    "mensaje original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "mensagem original",
    "kopia wiadomości",
};

// Dashes and the like at both ends, as such lines have.
bool is_ruled(std::string_view line) {
    std::string_view text = trim(line);
    return text.starts_with("--") || text.starts_with("==") || text.starts_with("__") ||
           text.starts_with("**") || text.starts_with("- ");
}

bool separates(std::string_view line) {
    if (line.size() > 200) return false;
    if (line.starts_with("Received: ") || line.starts_with("Return-Path:")) return true;
    const std::string words = comparable(line);
    for (std::string_view separator : kSeparators) {
        const std::size_t at = words.find(separator);
        if (at == words.npos) continue;
        if (is_ruled(line) || at < 8 || trim(words).ends_with(':')) return true;
    }
    return false;
}

// "> text", as people quote; ">>> RCPT TO" is a transcript.
bool is_quoted(std::string_view line) {
    return line.starts_with('>') && !line.starts_with(">>>");
}

// Our own words, which say nothing of why the mail came back.
bool repeats_subject(std::string_view line) {
    const std::string words = comparable(trim(line));
    for (std::string_view name :
         {"subject", "message subject", "the message subject", "betreff", "objet", "asunto",
          "oggetto", "onderwerp", "assunto", "temat", "件名", "主题"}) {
        if (!words.starts_with(name)) continue;
        const std::string_view rest = std::string_view(words).substr(name.size());
        if (trim(rest).starts_with(':') || rest.starts_with(" was:")) return true;
    }
    return false;
}

void add_text(std::string_view text, Notice& notice) {
    while (!text.empty() && notice.text.size() < kMost) {
        std::string_view before = text;
        std::string_view line = take_line(text);
        if (separates(line)) {
            notice.returned += before.substr(0, kMost);
            notice.returned += '\n';
            return;
        }
        if (!is_quoted(line) && !repeats_subject(line))
            notice.text.append(line.substr(0, 4096)).append("\n");
    }
}

bool fails(std::string_view line) {
    const Codes codes = find_codes(line);
    return codes.basic != 0 || (!codes.enhanced.empty() && codes.enhanced[0] != '2');
}

}  // namespace

Notice read_notice(const ParsedMail& mail) {
    Notice notice;
    for (std::string_view type : {"text/plain", "text/html"}) {
        if (!trim(notice.text).empty()) break;
        for (const MailPart& part : mail.parts) {
            if (part.inside > 0 || part.type != type) continue;
            add_text(type == "text/html" ? html_words(part.text) : part.text, notice);
        }
    }
    if (trim(notice.text).empty() && trim(notice.returned).empty()) add_text(mail.body, notice);
    return notice;
}

std::string telling_lines(std::string_view notice) {
    std::string lines;
    for (int count = 0; !notice.empty() && count < 6;) {
        std::string_view line = take_line(notice);
        if (count == 0 && !fails(line)) continue;
        if (trim(line).empty()) break;
        lines.append(trim(line)).append(" ");
        ++count;
    }
    return lines;
}

}  // namespace tocsin
