// Sections that change the text they hold: {{#capitalize}}…{{/capitalize}}. They work on what was
// rendered, so that nothing in a value is ever read as a template.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "templating/template_set.h"

namespace tocsin::templating {

struct Lambda {
    std::string_view name;
    std::string (*apply)(std::string_view rendered);
    // Its result needs no escaping, and values reach it as they are.
    bool safe_everywhere;
};

// Every lambda there is.
const std::vector<Lambda>& all_lambdas();

// Those whose names the data leaves free; what data defines wins.
class Lambdas {
  public:
    Lambdas(const Value& data, std::span<const std::string> fields);
    // The lambda that a section of this name is, or null.
    const Lambda* find(std::string_view name) const;
    std::vector<std::string> names() const;

  private:
    std::vector<Lambda> active_;
};

}  // namespace tocsin::templating
