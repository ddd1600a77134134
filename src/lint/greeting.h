// How a text greets its reader, in the languages of campaigns: the first greeting that went wrong.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace tocsin {

struct GreetingFault {
    enum class Kind {
        kEmpty,   // "Dear ,", "Sehr geehrte Frau ,", ", in a time when": the name is missing
        kNobody,  // "Dear friend,": to nobody in particular
    };
    Kind kind;
    std::size_t
        offset;  // bytes, to the greeting's first word, or to the comma before which it lacks
    std::size_t length;  // bytes of what is wrong with it: "Dear ,"
};

// A greeting stands at the beginning of a line. "Hello," and "Bonjour !" are greetings of their
// own; "Dear," and "Hello ," wait for a name. `text` is UTF-8, as readers see it: of HTML its
// words, with each block on a line of its own.
std::optional<GreetingFault> greeting_fault(std::string_view text);

}  // namespace tocsin
