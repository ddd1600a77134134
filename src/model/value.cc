#include "model/value.h"

#include <algorithm>

namespace tocsin {

const Value* Value::find(std::string_view key) const {
    const Map* members = map();
    if (members == nullptr) return nullptr;
    auto found = std::find_if(members->begin(), members->end(),
                              [&](const auto& member) { return member.first == key; });
    return found == members->end() ? nullptr : &found->second;
}

}  // namespace tocsin
