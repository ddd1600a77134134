// The names of the time zones, for whoever mistyped one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

// Whether a file of the database's folder is a zone that a user can name: not the machine's own
// (`localtime`), which is another one elsewhere, nor the copies and tables beside the zones.
bool is_zone_name(std::string_view file);

class ZoneNames {
  public:
    explicit ZoneNames(std::vector<std::string> names);
    // The name that was perhaps meant, or empty: another case, a city alone, a typing error. No
    // guess at abbreviations and offsets (`PST`, `GMT+1`): what looks alike is far away.
    std::string like(std::string_view word) const;

  private:
    std::string of_city(std::string_view city) const;

    std::vector<std::string> names_;
    std::vector<std::string> cities_;  // of each name, the part after the last `/`
};

}  // namespace tocsin
