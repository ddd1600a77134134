// The first person of each shape: of those who take the same branches of the templates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "mail/address.h"
#include "model/recipient.h"

namespace tocsin {

class Shapes {
  public:
    // Campaigns with more have sections that say little; those that most people get come early.
    static constexpr std::size_t kMost = 64;

    struct Shape {
        Recipient first;
        std::size_t people = 0;
        std::vector<std::uint64_t> empty;  // a bit for each column that is asked for
        std::size_t bytes = 0;             // of the first's cells
    };

    // `asked`: the columns that sections ask for.
    explicit Shapes(std::vector<std::size_t> asked);

    // Of any number of people, in their order. A person whose cells are very long gives way to the
    // next of the shape, so that 64 of them cannot fill the memory.
    void add(const Mailbox& address, const std::vector<std::string>& cells);

    // In the order of their first people.
    const std::vector<Shape>& all() const { return shapes_; }

  private:
    Shape* find();
    void keep(Shape& shape, const Mailbox& address, const std::vector<std::string>& cells);

    const std::vector<std::size_t> asked_;
    std::vector<Shape> shapes_;
    std::vector<std::uint64_t> empty_;  // of the person who is being added
};

}  // namespace tocsin
