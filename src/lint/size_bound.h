// How large somebody's HTML can be at most, without rendering it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compose/renderer.h"

namespace tocsin {

class SizeBound {
  public:
    // `sketches` as lint/sketches.h makes them.
    SizeBound(const std::vector<TracedMail>& sketches, const Renderer& renderer);

    // Bytes of the HTML part (of the text part where there is no HTML): more than these cells come
    // to.
    std::size_t most(const std::vector<std::string>& cells) const;

  private:
    struct Use {
        std::size_t column;
        std::size_t times;  // that the value is in one mail
    };
    std::size_t fixed_ = 0;
    std::vector<Use> uses_;
};

}  // namespace tocsin
