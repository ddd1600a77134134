#include "transport/smtp/server_talk.h"

#include <algorithm>
#include <charconv>

#include "base/log.h"
#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostBytes = 65'536;
constexpr std::size_t kMostShown = 300;

int code_of(std::string_view line) {
    int code = 0;
    std::from_chars(line.data(), line.data() + std::min<std::size_t>(3, line.size()), code);
    return code;
}

// RFC 5321 section 4.2: three digits, then a blank, a hyphen, or nothing.
bool is_reply_line(std::string_view line) {
    if (line.size() < 3 || (line.size() > 3 && line[3] != ' ' && line[3] != '-')) return false;
    return std::all_of(line.begin(), line.begin() + 3, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

// In the set-up only EHLO (and HELO) is answered with 250.
bool ServerTalk::add(std::string_view line) {
    bytes_ += line.size();
    if (bytes_ > kMostBytes) return false;
    last_line_ = trim(line);
    if (!is_reply_line(last_line_)) return false;
    last_code_ = code_of(last_line_);
    if (greeting_.empty()) greeting_ = last_line_;
    if (last_code_ == 250) {
        if (!ehlo_goes_on_) ehlo_.clear();
        ehlo_.emplace_back(last_line_.size() > 4 ? last_line_.substr(4) : "");
        ehlo_goes_on_ = last_line_.size() > 3 && last_line_[3] == '-';
    }
    logged_in_ = logged_in_ || last_code_ == 235;
    return true;
}

Capabilities ServerTalk::capabilities() const {
    Capabilities found = read_capabilities(ehlo_);
    found.overlap = greeting_.find("Dovecot") == std::string::npos;
    return found;
}

std::string ServerTalk::last_line() const {
    return redacted(printable(last_line_.substr(0, kMostShown)));
}

}  // namespace tocsin
