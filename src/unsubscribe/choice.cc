#include "unsubscribe/choice.h"

#include <array>

namespace tocsin {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"list", "all", "pause-30", "pause-90", "undo"};

}  // namespace

std::string_view name(Choice choice) {
    return kNames.at(static_cast<std::size_t>(choice));
}

std::optional<Choice> choice_named(std::string_view text) {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i] == text) return static_cast<Choice>(i);
    }
    return std::nullopt;
}

Milliseconds pause_of(Choice choice) {
    if (choice == Choice::kPause30) return std::chrono::days(30);
    if (choice == Choice::kPause90) return std::chrono::days(90);
    return Milliseconds(0);
}

}  // namespace tocsin
