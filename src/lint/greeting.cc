#include "lint/greeting.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace tocsin {
namespace {

using Kind = GreetingFault::Kind;

struct Greeting {
    std::string_view words;
    bool alone;  // greets without a name, too
};

// In lower case. Where one begins another, the longer one stands first.
constexpr Greeting kGreetings[] = {
    {"dear", false},
    {"good morning", true},
    {"good afternoon", true},
    {"good evening", true},
    {"hello", true},
    {"hey", true},
    {"hi", true},
    {"liebe(r)", false},
    {"liebe*r", false},
    {"liebe:r", false},
    {"liebe/r", false},
    {"lieber", false},
    {"liebes", false},
    {"liebe", false},
    {"sehr geehrter", false},
    {"sehr geehrte", false},
    {"guten tag", true},
    {"guten morgen", true},
    {"hallo", true},
    {"moin", true},
    {"cher/chère", false},
    {"cher(e)", false},
    {"cher·e", false},
    {"cher", false},
    {"chère", false},
    {"chere", false},
    {"bonjour", true},
    {"bonsoir", true},
    {"salut", true},
    {"estimado/a", false},
    {"estimado", false},
    {"estimada", false},
    {"querido/a", false},
    {"querido", false},
    {"querida", false},
    {"buenos días", true},
    {"hola", true},
    {"caro/a", false},
    {"caro", false},
    {"cara", false},
    {"gentile", false},
    {"buongiorno", true},
    {"ciao", true},
    {"prezado/a", false},
    {"prezado", false},
    {"prezada", false},
    {"olá", true},
    {"beste", false},
    {"geachte", false},
    {"kære", false},
    {"kjære", false},
    {"kära", false},
    {"käre", false},
    {"hej", true},
    {"drogi", false},
    {"droga", false},
    {"szanowny", false},
    {"szanowna", false},
};

// A surname follows these. Some of them can end a greeting, but not with a blank before the comma.
constexpr std::string_view kTitles[] = {
    "mr",   "mr.",    "mrs",      "mrs.",    "ms",      "ms.",       "mx",
    "mx.",  "dr",     "dr.",      "prof",    "prof.",   "professor", "frau",
    "herr", "madame", "monsieur", "mme",     "m.",      "señor",     "señora",
    "sr.",  "sra.",   "signor",   "signora", "mevrouw", "meneer",    "heer",
};

constexpr std::string_view kNobody[] = {
    "friend",   "friends", "sir",         "sirs",    "madam",     "customer", "customers",
    "valued",   "client",  "subscriber",  "user",    "investor",  "winner",   "beneficiary",
    "account",  "freund",  "freundin",    "freunde", "kunde",     "kundin",   "kunden",
    "damen",    "nutzer",  "nutzerin",    "ami",     "amie",      "amis",     "cliente",
    "abonné",   "abonnée", "utilisateur", "amigo",   "amiga",     "amigos",   "suscriptor",
    "amico",    "amica",   "amici",       "utente",  "assinante", "vriend",   "vriendin",
    "vrienden", "klant",   "ven",         "venner",  "vän",       "vänner",   "przyjacielu",
};

// Nothing that decides about a greeting stands further to the right.
constexpr std::size_t kLongest = 80;

// Small letters for ASCII and for the capitals of Latin-1, byte for byte.
std::string folded(std::string_view text) {
    std::string small(text);
    for (std::size_t i = 0; i < small.size(); ++i) {
        auto byte = static_cast<unsigned char>(small[i]);
        bool is_latin = i > 0 && static_cast<unsigned char>(small[i - 1]) == 0xC3 && byte >= 0x80 &&
                        byte <= 0x9E && byte != 0x97;
        bool is_ascii = byte >= 'A' && byte <= 'Z';
        if (is_latin || is_ascii) small[i] = static_cast<char>(byte + 0x20);
    }
    return small;
}

// Bytes of the blanks at the beginning, such as do not break included.
std::size_t blanks(std::string_view text) {
    std::size_t at = 0;
    for (;;) {
        std::string_view rest = text.substr(at);
        if (rest.starts_with(' ') || rest.starts_with('\t')) {
            at += 1;
        } else if (rest.starts_with("\u00A0")) {
            at += 2;
        } else if (rest.starts_with("\u202F")) {
            at += 3;
        } else {
            return at;
        }
    }
}

bool begins_word(std::string_view text) {
    if (text.empty() || blanks(text) > 0) return false;
    auto byte = static_cast<unsigned char>(text[0]);
    return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

bool begins_with_word(std::string_view text, std::string_view word) {
    return text.starts_with(word) && !begins_word(text.substr(word.size()));
}

// What stands behind a greeting's words: the bytes up to where it is seen to lack its name, or 0.
std::size_t lacks_name(std::string_view behind, bool alone) {
    std::size_t gap = blanks(behind);
    std::string_view end = behind.substr(gap);
    if (gap > 0 && end.starts_with(',')) return gap + 1;
    if (alone || end.empty() || std::string_view(",!:").find(end[0]) == std::string_view::npos) {
        return 0;
    }
    bool ends_line = blanks(end.substr(1)) + 1 == end.size();
    return gap > 0 || ends_line ? gap + 1 : 0;
}

template <typename Words>
std::string_view word_of(const Words& words, std::string_view text) {
    auto found = std::ranges::find_if(
        words, [&](std::string_view word) { return begins_with_word(text, word); });
    return found == std::end(words) ? std::string_view() : *found;
}

std::optional<GreetingFault> fault_behind(std::string_view behind, const Greeting& greeting) {
    const std::size_t words = greeting.words.size();
    if (std::size_t lack = lacks_name(behind, greeting.alone); lack > 0) {
        return GreetingFault{Kind::kEmpty, 0, words + lack};
    }
    std::size_t gap = blanks(behind);
    std::string_view rest = behind.substr(gap);
    if (gap == 0) return std::nullopt;
    if (auto title = word_of(kTitles, rest); !title.empty()) {
        std::size_t lack = lacks_name(rest.substr(title.size()), true);
        if (lack > 0) return GreetingFault{Kind::kEmpty, 0, words + gap + title.size() + lack};
    }
    auto nobody = word_of(kNobody, rest);
    if (nobody.empty()) return std::nullopt;
    return GreetingFault{Kind::kNobody, 0, words + gap + nobody.size()};
}

// `line` without blanks at its beginning, in small letters.
std::optional<GreetingFault> fault_of_line(std::string_view line) {
    bool begins_with_comma = line.starts_with(',') && blanks(line.substr(1)) > 0;
    if (begins_with_comma) return GreetingFault{Kind::kEmpty, 0, 1};
    for (const Greeting& greeting : kGreetings) {
        if (!begins_with_word(line, greeting.words)) continue;
        return fault_behind(line.substr(greeting.words.size()), greeting);
    }
    return std::nullopt;
}

}  // namespace

std::optional<GreetingFault> greeting_fault(std::string_view text) {
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
        std::string_view line = text.substr(begin, end - begin);
        std::size_t indent = blanks(line);
        auto fault = fault_of_line(folded(line.substr(indent, kLongest)));
        if (fault) {
            fault->offset = begin + indent;
            return fault;
        }
        begin = end + 1;
    }
    return std::nullopt;
}

}  // namespace tocsin
