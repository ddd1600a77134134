#include "lint/rows.h"

#include "base/text.h"

namespace tocsin {

std::string Rows::named() const {
    std::string text;
    for (const Place& place : first_) {
        text += (text.empty() ? "" : ", ") + place.file + ":" + std::to_string(place.line);
    }
    if (count_ > first_.size()) text += " … and " + grouped(count_ - first_.size()) + " more";
    return text;
}

std::string counted_people(std::size_t count) {
    return count == 1 ? "1 person" : grouped(count) + " people";
}

bool is_rare(std::size_t few, std::size_t all) {
    constexpr std::size_t kFew = 3, kMany = 100;
    return few <= kFew && all >= kMany && few * 100 < all;
}

}  // namespace tocsin
