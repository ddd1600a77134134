// One hash over who gets a mail, with what data, and who does not, and why.
//
// It does not depend on the order of rows or columns, nor on columns that the mail does not use,
// nor on where a bad row stands: a list that was exported anew with the same people has the same
// hash.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "ledger/plan.h"

namespace tocsin {

class AudienceHash {
  public:
    // `used`: the indices of the columns that the mail can depend on.
    AudienceHash(const Columns& columns, const std::vector<std::size_t>& used);

    // Half a microsecond, and kRowBytes of memory. The order does not matter.
    void add(const PlanRow& row);
    bool empty() const { return rows_.empty(); }
    // Hex SHA-256; once.
    std::string finish();

  private:
    // 96 bits: to find another row for one that was approved takes 2^96 tries; to prepare two rows
    // of one's own that agree, 2^48. More would not fit beside a plan of a million people in 64
    // MiB.
    static constexpr std::size_t kRowBytes = 12;

    std::vector<std::pair<std::string, std::size_t>> columns_;  // by name, with the index
    std::vector<std::array<unsigned char, kRowBytes>> rows_;
    std::string buffer_;
};

// Of a plan whose audience had this hash when rows with that one came to it.
std::string topped_up(const std::string& before, const std::string& added);

}  // namespace tocsin
