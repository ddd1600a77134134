// Choices by name, as forms, journals and records of feedback write them.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "unsubscribe/leaving.h"

namespace tocsin {

// "list", "all", "pause-30", "pause-90", "undo"
std::string_view name(Choice choice);
// Only those; nothing for anything else.
std::optional<Choice> choice_named(std::string_view text);
// How long a pause is; zero for what is none.
Milliseconds pause_of(Choice choice);

}  // namespace tocsin
