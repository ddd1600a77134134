#include "web/form.h"

#include "base/text.h"
#include "unsubscribe/choice.h"

namespace tocsin {
void Form::add(std::string_view name, std::string_view value) {
    // Receivers differ in case and add line ends; what is meant is plain.
    if (ascii_iequals(name, "List-Unsubscribe")) {
        one_click_ = ascii_iequals(trim(value), "One-Click");
    } else if (name == "choice") {
        choice_ = choice_named(value);
    }
}

std::optional<Choice> Form::choice() const {
    return one_click_ ? std::optional(Choice::kList) : choice_;
}

}  // namespace tocsin
