#include "transport/imap/reply_reader.h"

#include <charconv>
#include <optional>

#include "base/error.h"

namespace tocsin {
namespace {

// 12 of "… BODY[]<0> {12}".
std::optional<std::size_t> announced(std::string_view text) {
    auto brace = text.rfind('{');
    if (!text.ends_with('}') || brace == text.npos) return std::nullopt;
    std::size_t count = 0;
    const char* end = text.data() + text.size() - 1;
    auto [stop, fault] = std::from_chars(text.data() + brace + 1, end, count);
    if (fault != std::errc() || stop != end || stop == text.data() + brace + 1) return std::nullopt;
    return count;
}

}  // namespace

ImapLine ImapReplyReader::next() {
    ImapLine line;
    std::size_t literal_bytes = 0;
    for (;;) {
        std::string text = piece();
        auto count = announced(text);
        line.text += text;
        if (!count) return line;
        literal_bytes += *count;
        if (*count > most_ || literal_bytes > most_ || line.text.size() > most_) {
            throw Unavailable(server_ + " sent more than it was asked for");
        }
        line.literals.push_back(exactly(*count));
    }
}

std::string ImapReplyReader::piece() {
    std::size_t looked = 0;
    for (;;) {
        auto end = pending_.find('\n', looked);
        if (end != pending_.npos) {
            std::string text = pending_.substr(0, end);
            pending_.erase(0, end + 1);
            if (text.ends_with('\r')) text.pop_back();
            return text;
        }
        looked = pending_.size();
        if (looked > most_) throw Unavailable(server_ + " sent a line without an end");
        pending_ += wire_.receive();
    }
}

std::string ImapReplyReader::exactly(std::size_t count) {
    while (pending_.size() < count) pending_ += wire_.receive();
    std::string bytes = pending_.substr(0, count);
    pending_.erase(0, count);
    return bytes;
}

}  // namespace tocsin
