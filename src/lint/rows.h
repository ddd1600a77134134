// Which rows of the lists something is about: how many, and the first few.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace tocsin {

class Rows {
  public:
    static constexpr std::size_t kKept = 3;

    void add(const Place& row) {
        ++count_;
        if (first_.size() < kKept) first_.push_back(row);
    }
    std::size_t count() const { return count_; }
    const std::vector<Place>& first() const { return first_; }
    // "lists/members.csv:12, lists/members.csv:40", "… and 7 more" where not all are kept
    std::string named() const;

  private:
    std::size_t count_ = 0;
    std::vector<Place> first_;
};

// "1 person", "2,345 people"
std::string counted_people(std::size_t count);

// Few among many: at most three, and under 1 % of at least 100.
bool is_rare(std::size_t few, std::size_t all);

}  // namespace tocsin
