#include "mail/smtp_reply.h"

#include <algorithm>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostLine = 4096;
constexpr int kMostLines = 200;
constexpr std::size_t kMostText = 1000;
constexpr std::size_t kMostWaiting = 1000;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Three digits from 200 to 599, then the end, a blank or a hyphen.
bool is_reply_line(std::string_view line) {
    if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit)) return false;
    if (line[0] < '2' || line[0] > '5') return false;
    return line.size() == 3 || line[3] == ' ' || line[3] == '-';
}

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && end - at < 4 && is_digit(text[end])) ++end;
    return end - at;
}

// RFC 3463: class, subject and detail, such as "5.1.1", followed by a blank or the end.
std::string_view enhanced_code(std::string_view text) {
    if (text.size() < 5 || (text[0] != '2' && text[0] != '4' && text[0] != '5')) return {};
    std::size_t end = 1;
    for (int part = 0; part < 2; ++part) {
        if (end >= text.size() || text[end] != '.') return {};
        std::size_t digits = digits_at(text, end + 1);
        if (digits == 0 || digits > 3) return {};
        end += 1 + digits;
    }
    bool ended = end == text.size() || text[end] == ' ';
    return ended ? text.substr(0, end) : std::string_view{};
}

// What a terminal or a JSON writer can take.
std::string cleaned(std::string_view text) {
    std::string clean = printable(text);
    while (auto bad = invalid_utf8(clean)) clean[*bad] = '?';
    // C1 controls, some of which terminals obey.
    for (std::size_t i = 0; i + 1 < clean.size(); ++i) {
        if (clean[i] == '\xC2' && static_cast<unsigned char>(clean[i + 1]) < 0xA0) {
            clean.replace(i, 2, "?");
        }
    }
    return clean;
}

// The first `most` bytes, or fewer where a character would be split.
std::string_view head(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
    return text.substr(0, most);
}

void append_text(SmtpReply& reply, std::string_view text) {
    std::string_view enhanced = enhanced_code(text);
    if (!enhanced.empty() && (reply.enhanced.empty() || reply.enhanced == enhanced)) {
        reply.enhanced = enhanced;
        text.remove_prefix(enhanced.size());
    }
    text = trim(text);
    if (text.empty() || reply.text.size() + 1 >= kMostText) return;
    if (!reply.text.empty()) reply.text += ' ';
    reply.text += cleaned(head(text, kMostText - reply.text.size()));
}

}  // namespace

std::string reply_text(std::string_view bytes) {
    return cleaned(head(bytes, kMostText));
}

std::string SmtpReply::line() const {
    std::string result = std::to_string(code);
    if (!enhanced.empty()) result += " " + enhanced;
    if (!text.empty()) result += " " + text;
    return result;
}

void SmtpReplyParser::feed(std::string_view bytes) {
    while (!bytes.empty() && !failed()) {
        auto end = bytes.find('\n');
        auto piece = bytes.substr(0, end);
        if (line_.size() + piece.size() > kMostLine) {
            fault_ = "the server sent a line of more than 4 KiB";
            return;
        }
        line_ += piece;
        if (end == bytes.npos) return;
        bytes.remove_prefix(end + 1);
        if (line_.ends_with('\r')) line_.pop_back();
        take_line(line_);
        line_.clear();
    }
}

std::optional<SmtpReply> SmtpReplyParser::next() {
    if (ready_.empty()) return std::nullopt;
    SmtpReply reply = std::move(ready_.front());
    ready_.pop_front();
    return reply;
}

void SmtpReplyParser::take_line(std::string_view line) {
    if (line.find('\r') != line.npos) {
        fault_ = "the server sent a CR in the middle of a line";
    } else if (!is_reply_line(line)) {
        fault_ = "the server sent a line that is no SMTP reply";
    } else if (++lines_ > kMostLines) {
        fault_ = "the server sent a reply of more than 200 lines";
    } else {
        int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        if (lines_ > 1 && code != reply_.code) {
            fault_ = "the server sent one reply with two codes";
            return;
        }
        reply_.code = code;
        bool more = line.size() > 3 && line[3] == '-';
        append_text(reply_, line.substr(std::min<std::size_t>(line.size(), 4)));
        if (!more) finish_reply();
    }
}

void SmtpReplyParser::finish_reply() {
    if (ready_.size() >= kMostWaiting) {
        fault_ = "the server sent replies that nothing asked for";
        return;
    }
    ready_.push_back(std::move(reply_));
    reply_ = SmtpReply{};
    lines_ = 0;
}

}  // namespace tocsin
