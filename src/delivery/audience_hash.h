// One hash over who gets a mail, with what data, and who does not, and why.
//
// It does not depend on the order of rows or columns, nor on columns that the mail does not use,
// nor on where a bad row stands: a list that was exported anew with the same people has the same
// hash.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "ledger/plan.h"

namespace tocsin {

class AudienceHash {
  public:
    // `used`: the indices of the columns that the mail can depend on.
    AudienceHash(const Columns& columns, const std::vector<std::size_t>& used);

    // About a microsecond. The order does not matter.
    void add(const PlanRow& row);
    bool empty() const { return rows_ == 0; }
    // Hex SHA-256.
    std::string finish() const;

  private:
    // The hashes of all rows, added modulo 2^2048: no memory for each, and no order. Of so wide a
    // sum Wagner's generalised birthday needs some 2^97 steps even for who writes a million rows;
    // of 256 bits it would need few.
    using Sum = std::array<std::uint64_t, 32>;  // the least first

    std::vector<std::pair<std::string, std::size_t>> columns_;  // by name, with the index
    Sum sum_{};
    std::size_t rows_ = 0;
    std::string buffer_;
};

// Of a plan whose audience had this hash when rows with that one came to it.
std::string topped_up(const std::string& before, const std::string& added);

}  // namespace tocsin
