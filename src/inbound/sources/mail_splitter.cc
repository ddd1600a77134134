#include "inbound/sources/mail_splitter.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace tocsin {
namespace {

constexpr std::size_t kBuffer = 64u << 10;

constexpr std::array<std::string_view, 7> kDays = {" Mon ", " Tue ", " Wed ", " Thu ",
                                                   " Fri ", " Sat ", " Sun "};
constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";

bool is_month(std::string_view word) {
    auto at = kMonths.find(word);
    return word.size() == 3 && at != kMonths.npos && at % 3 == 0;
}

bool is_blank(std::string_view line) {
    return line == "\n" || line == "\r\n";
}

}  // namespace

bool is_mbox_separator(std::string_view line) {
    if (!line.starts_with("From ")) return false;
    return std::any_of(kDays.begin(), kDays.end(), [&](std::string_view day) {
        auto at = line.find(day);
        if (at == line.npos) return false;
        std::string_view rest = line.substr(at + day.size());
        return is_month(rest.substr(0, 3)) && rest.size() > 12 && rest.find(':') != rest.npos;
    });
}

MailSplitter::MailSplitter(std::FILE* stream, std::size_t most)
    : stream_(stream), most_(most), buffer_(kBuffer) {}

std::optional<std::string> MailSplitter::next() {
    if (first_) {
        first_ = false;
        have_piece_ = read_piece();
        is_mbox_ = have_piece_ && is_mbox_separator(piece_);
    }
    if (!have_piece_) return std::nullopt;
    std::string mail;
    if (is_mbox_) {
        have_piece_ = read_piece();  // past the separator
    }
    bool after_blank = false;
    while (have_piece_) {
        if (is_mbox_ && piece_begins_line_ && after_blank && is_mbox_separator(piece_)) break;
        after_blank = piece_begins_line_ && is_blank(piece_);
        append(mail);
        have_piece_ = read_piece();
    }
    return mail;
}

void MailSplitter::append(std::string& mail) const {
    mail.append(piece_.substr(0, most_ - std::min(most_, mail.size())));
}

// A line with its end; where the buffer is too short for it, what is there of it.
bool MailSplitter::read_piece() {
    piece_begins_line_ = !have_piece_ || piece_.ends_with('\n');
    for (;;) {
        char* start = buffer_.data() + begin_;
        auto* newline = static_cast<char*>(std::memchr(start, '\n', end_ - begin_));
        bool full = begin_ == 0 && end_ == buffer_.size();
        bool ended = std::feof(stream_) != 0;
        if (newline != nullptr || ((full || ended) && begin_ < end_)) {
            std::size_t size =
                newline != nullptr ? static_cast<std::size_t>(newline - start) + 1 : end_ - begin_;
            piece_ = {start, size};
            begin_ += size;
            return true;
        }
        if (ended) return false;
        std::memmove(buffer_.data(), start, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
        end_ += std::fread(buffer_.data() + end_, 1, buffer_.size() - end_, stream_);
        if (std::ferror(stream_) != 0) {
            throw std::system_error(errno, std::generic_category(), "cannot read mails");
        }
    }
}

}  // namespace tocsin
