// The words by which reports are known: data, in comparable() form.
#pragma once

#include <span>
#include <string_view>

namespace tocsin {

struct Phrase {
    std::string_view text;
    int weight;  // 2: nobody else writes this
};

std::span<const Phrase> failure_phrases();            // in the text
std::span<const Phrase> failure_subjects();           // at the start of the subject
std::span<const std::string_view> delay_phrases();    // in subject or text
std::span<const std::string_view> give_up_phrases();  // stand against a delay

}  // namespace tocsin
