// Guesses how large somebody's mail is, without rendering it for everybody.
//
// Of one shape (which of the used cells are empty) all mails are the same text around the cells: a
// few renderings show how often each cell comes in, and the rest is a sum. Markup that is escaped
// and what lambdas make of a cell are not counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "compose/renderer.h"

namespace tocsin {

class MailSize {
  public:
    static constexpr std::size_t kMostShapes = 64;

    // Outlives it.
    explicit MailSize(Renderer& renderer);

    // Bytes of the HTML part, or of the text part where there is no other; 0 where more shapes came
    // than are looked at.
    std::uint64_t of(const std::vector<std::string>& cells);

  private:
    struct Shape {
        std::uint64_t frame = 0;            // bytes around the cells
        std::vector<std::uint64_t> copies;  // of each used cell
    };
    const Shape* shape_of(const std::vector<std::string>& cells);
    Shape measure(std::vector<std::string> cells);
    std::uint64_t render(const std::vector<std::string>& cells);

    Renderer& renderer_;
    std::vector<std::size_t> used_;
    std::unordered_map<std::string, Shape> shapes_;
};

}  // namespace tocsin
