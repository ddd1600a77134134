#include "calendar/zone_names.h"

#include <algorithm>

#include "base/text.h"

namespace tocsin {
namespace {

std::string with_underscores(std::string_view word) {
    std::string name(trim(word));
    std::replace(name.begin(), name.end(), ' ', '_');
    return name;
}

bool is_worth_a_guess(std::string_view word) {
    constexpr std::size_t kLongestAbbreviation = 4;
    return word.size() > kLongestAbbreviation &&
           word.find_first_of("+0123456789") == std::string_view::npos;
}

}  // namespace

bool is_zone_name(std::string_view file) {
    return file != "localtime" && !file.starts_with("posix") && !file.starts_with("right/") &&
           file.find('.') == std::string_view::npos;
}

ZoneNames::ZoneNames(std::vector<std::string> names) : names_(std::move(names)) {
    for (const std::string& name : names_) {
        // Etc/GMT+1 is not what GMT+1 is elsewhere: its sign is the other way round.
        const bool is_place = !name.starts_with("Etc/");
        cities_.push_back(is_place ? name.substr(name.rfind('/') + 1) : "");
    }
}

std::string ZoneNames::of_city(std::string_view city) const {
    for (std::size_t i = 0; i < names_.size(); ++i) {
        if (ascii_iequals(cities_[i], city)) return names_[i];
    }
    return {};
}

std::string ZoneNames::like(std::string_view text) const {
    const std::string word = with_underscores(text);
    if (word.empty()) return {};
    for (const std::string& name : names_) {
        if (ascii_iequals(name, word)) return name;
    }
    if (std::string name = of_city(word); !name.empty()) return name;
    if (!is_worth_a_guess(word)) return {};
    if (word.find('/') != std::string::npos) return closest(word, names_);
    const std::string city = closest(word, cities_);
    return city.empty() ? "" : of_city(city);
}

}  // namespace tocsin
