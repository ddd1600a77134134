#include "preview/traits.h"

#include <doctest/doctest.h>

#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

std::vector<std::string> traits_of(Traits& traits, const std::vector<std::string>& cells) {
    TraitSet set = traits.of(cells);
    std::vector<std::size_t> held;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (set[i] != 0) held.push_back(i);
    }
    return traits.reasons(held, cells);
}

}  // namespace

TEST_CASE("traits are said by the column that has them, of used columns only") {
    Ready ready(content_of("{{first_name}}", "{{#town}}{{town}}{{/town}}"),
                {"first_name", "town", "notes"});
    Traits traits(ready.renderer(), ready.columns);
    CHECK(traits_of(traits, {"Ann", "<Ely>", "ליה & <"}) ==
          std::vector<std::string>{"takes {{#town}}", "markup in town"});
    CHECK(traits_of(traits, {"", "Ærø", ""}) ==
          std::vector<std::string>{"no first_name", "takes {{#town}}", "town beyond ASCII"});
}

TEST_CASE("names are measured, or all that is used where nothing is called a name") {
    Ready named(content_of("{{Surname}} {{town}}", "x"), {"town", "Surname"});
    CHECK(Traits(named.renderer(), named.columns).measured() == std::vector<std::size_t>{1});
    Ready other(content_of("{{ward}} {{town}}", "x"), {"town", "ward"});
    CHECK(Traits(other.renderer(), other.columns).measured() == std::vector<std::size_t>{0, 1});
}

TEST_CASE("languages are traits as they are met, at most so many") {
    Ready ready(content_of("{{name}}", "x"), {"name", "Language"});
    Traits traits(ready.renderer(), ready.columns);
    for (std::size_t i = 0; i < 2 * Traits::kMostLanguages; ++i)
        traits.of({"Ann", "l" + std::to_string(i)});
    CHECK(traits_of(traits, {"Ann", "l3"}) == std::vector<std::string>{"language l3"});
    CHECK(traits_of(traits, {"Ann", "l60"}).empty());
    CHECK(traits_of(traits, {"Ann", ""}).empty());
}
