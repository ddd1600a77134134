#include "web/form.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::array kChoices = {Choice::kList, Choice::kEverything, Choice::kPause30,
                                 Choice::kPause90, Choice::kUndo};

std::optional<Choice> choice_of(std::string_view value) {
    auto found = std::ranges::find(kChoices, value, form_value);
    return found == kChoices.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

std::string_view form_value(Choice choice) {
    switch (choice) {
        case Choice::kList:
            return "list";
        case Choice::kEverything:
            return "all";
        case Choice::kPause30:
            return "pause-30";
        case Choice::kPause90:
            return "pause-90";
        case Choice::kUndo:
            return "undo";
    }
    return "";
}

void Form::add(std::string_view name, std::string_view value) {
    // Receivers differ in case and add line ends; what is meant is plain.
    if (ascii_iequals(name, "List-Unsubscribe")) {
        one_click_ = ascii_iequals(trim(value), "One-Click");
    } else if (name == "choice") {
        choice_ = choice_of(value);
    }
}

std::optional<Choice> Form::choice() const {
    return one_click_ ? std::optional(Choice::kList) : choice_;
}

}  // namespace tocsin
