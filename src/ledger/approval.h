// That somebody has looked at what would go out, and said yes to just that.
#pragma once

#include <string>

#include "base/clock.h"

namespace tocsin {

// It names what was approved by hashes, part by part, and never a plan: a plan that comes later is
// approved by it if all of its parts are the same.
struct Approval {
    std::string content_hash;
    std::string audience_hash;
    std::string settings_hash;
    std::string facts;  // the same in words (delivery/approval.h), opaque here
    std::string by;     // a person's name, as given
    WallTime time{};
};

}  // namespace tocsin
