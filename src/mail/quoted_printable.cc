#include "mail/quoted_printable.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace tocsin {
namespace {

constexpr std::size_t kMostColumns = 75;  // leaves room for the `=` of a soft line break

constexpr std::array<bool, 256> literals() {
    std::array<bool, 256> table{};
    for (int c = ' '; c <= '~'; ++c) table[static_cast<std::size_t>(c)] = c != '=';
    table['\t'] = true;
    return table;
}
constexpr std::array<bool, 256> kLiteral = literals();

// Whether the next eight bytes are printable ASCII other than `=`, tested at once. For the first
// byte that is not, a term has the top bit set; where all are, nothing is borrowed or carried.
bool eight_literals(const char* p) {
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    std::uint64_t word = 0;
    std::memcpy(&word, p, sizeof word);
    std::uint64_t below_blank = word - kOnes * ' ';
    std::uint64_t above_tilde = word | (word + kOnes);
    std::uint64_t difference = word ^ (kOnes * '=');
    std::uint64_t equals = (difference - kOnes) & ~difference;
    return ((below_blank | above_tilde | equals) & (kOnes * 0x80)) == 0;
}

class Encoder {
  public:
    Encoder(std::string& out, std::string_view text)
        : out_(out), at_(text.data()), end_(at_ + text.size()) {}

    void run() {
        while (at_ != end_) {
            if (column_ == 0) protect_line_start();
            copy_literals();
            if (at_ == end_) break;
            if (*at_ == '\r' || *at_ == '\n') {
                end_line();
            } else if (kLiteral[static_cast<unsigned char>(*at_)]) {
                soft_break();
            } else {
                encode(*at_++);
            }
        }
        protect_trailing_blank();
    }

  private:
    void protect_line_start() {
        std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
        if (rest.starts_with('.') || rest.starts_with("From ")) encode(*at_++);
    }

    // As far as the line has room: nearly all the work happens here.
    void copy_literals() {
        std::size_t room = kMostColumns - column_;
        std::size_t left = static_cast<std::size_t>(end_ - at_);
        const char* stop = at_ + (left < room ? left : room);
        const char* p = at_;
        while (stop - p >= 8 && eight_literals(p)) p += 8;
        while (p != stop && kLiteral[static_cast<unsigned char>(*p)]) ++p;
        out_.append(at_, p);
        column_ += static_cast<std::size_t>(p - at_);
        at_ = p;
    }

    void end_line() {
        protect_trailing_blank();
        if (*at_ == '\r' && at_ + 1 != end_ && at_[1] == '\n') ++at_;
        ++at_;
        out_ += "\r\n";
        column_ = 0;
    }

    // Relays may cut blanks off a line's end.
    void protect_trailing_blank() {
        if (column_ == 0 || (out_.back() != ' ' && out_.back() != '\t')) return;
        char blank = out_.back();
        out_.pop_back();
        --column_;
        encode(blank);
    }

    void soft_break() {
        out_ += "=\r\n";
        column_ = 0;
    }

    void encode(char c) {
        constexpr std::string_view kDigits = "0123456789ABCDEF";
        if (column_ + 3 > kMostColumns) soft_break();
        auto byte = static_cast<unsigned char>(c);
        const std::array<char, 3> code = {'=', kDigits[byte >> 4], kDigits[byte & 15]};
        out_.append(code.data(), code.size());
        column_ += code.size();
    }

    std::string& out_;
    const char* at_;
    const char* end_;
    std::size_t column_ = 0;  // of the encoded line
};

}  // namespace

void append_quoted_printable(std::string& out, std::string_view text) {
    Encoder(out, text).run();
}

}  // namespace tocsin
