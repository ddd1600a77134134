#include "delivery/retry_hint.h"

#include <array>

namespace tocsin {
namespace {

using std::chrono::seconds;

constexpr std::array<std::string_view, 9> kAsks = {"again in ",    "again after ", "retry in ",
                                                   "retry after ", "try after ",   "back in ",
                                                   "wait ",        "wait for ",    "listed for "};

struct Unit {
    std::string_view name;
    seconds length;
};
// A longer name stands before its own beginning.
constexpr std::array<Unit, 12> kUnits = {{{"seconds", seconds(1)},
                                          {"second", seconds(1)},
                                          {"secs", seconds(1)},
                                          {"sec", seconds(1)},
                                          {"s", seconds(1)},
                                          {"minutes", seconds(60)},
                                          {"minute", seconds(60)},
                                          {"mins", seconds(60)},
                                          {"min", seconds(60)},
                                          {"hours", seconds(3600)},
                                          {"hour", seconds(3600)},
                                          {"h", seconds(3600)}}};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

void skip_blanks(std::string_view& text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
}

// Takes up to six digits off; more are no wait.
std::optional<int> take_number(std::string_view& text) {
    std::size_t digits = 0;
    int number = 0;
    while (digits < text.size() && is_digit(text[digits])) {
        if (digits == 6) return std::nullopt;
        number = number * 10 + (text[digits++] - '0');
    }
    if (digits == 0) return std::nullopt;
    text.remove_prefix(digits);
    return number;
}

std::optional<seconds> take_unit(std::string_view& text) {
    for (const Unit& unit : kUnits) {
        if (!text.starts_with(unit.name)) continue;
        std::string_view rest = text.substr(unit.name.size());
        if (!rest.empty() && is_letter(rest.front())) continue;
        text = rest;
        return unit.length;
    }
    return std::nullopt;
}

// "00:05:00"
std::optional<seconds> clock_time(std::string_view text) {
    seconds total{};
    for (int part = 0; part < 3; ++part) {
        if (part > 0 && !text.starts_with(':')) return std::nullopt;
        if (part > 0) text.remove_prefix(1);
        auto number = take_number(text);
        if (!number) return std::nullopt;
        total = total * 60 + seconds(*number);
    }
    return total;
}

// "5 minutes", "1 hour 30 minutes"
std::optional<seconds> spelt_time(std::string_view text) {
    std::optional<seconds> total;
    for (;;) {
        skip_blanks(text);
        auto number = take_number(text);
        skip_blanks(text);
        auto unit = number ? take_unit(text) : std::nullopt;
        if (!unit) return total;
        total = total.value_or(seconds(0)) + *number * *unit;
    }
}

}  // namespace

std::optional<Milliseconds> retry_hint(std::string_view text) {
    for (std::string_view ask : kAsks) {
        for (auto at = text.find(ask); at != text.npos; at = text.find(ask, at + 1)) {
            std::string_view rest = text.substr(at + ask.size());
            auto wait = clock_time(rest);
            if (!wait) wait = spelt_time(rest);
            if (wait) return *wait;
        }
    }
    return std::nullopt;
}

}  // namespace tocsin
