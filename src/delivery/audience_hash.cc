#include "delivery/audience_hash.h"

#include <algorithm>
#include <string_view>

#include "base/random.h"
#include "mail/digest.h"

namespace tocsin {
namespace {

// With its length, so that no two lists of texts give the same bytes.
void append(std::string& bytes, std::string_view text) {
    bytes += std::to_string(text.size());
    bytes += ':';
    bytes += text;
}

// Modulo 2^2048.
void add_to(std::array<std::uint64_t, 32>& sum, const std::string& digest) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < sum.size(); ++i) {
        std::uint64_t word = 0;
        for (std::size_t byte = 8; byte-- > 0;) {
            word = word << 8 | static_cast<unsigned char>(digest[8 * i + byte]);
        }
        const std::uint64_t partly = sum[i] + word;
        sum[i] = partly + carry;
        carry = (partly < word ? 1 : 0) + (sum[i] < carry ? 1 : 0);
    }
}

}  // namespace

AudienceHash::AudienceHash(const Columns& columns, const std::vector<std::size_t>& used) {
    for (std::size_t index : used) columns_.emplace_back(columns.at(index), index);
    std::sort(columns_.begin(), columns_.end());
}

// An empty cell and a column that a list lacks are the same to a mail.
void AudienceHash::add(const PlanRow& row) {
    buffer_.assign(1, static_cast<char>('0' + static_cast<int>(row.skip)));
    append(buffer_, row.address);
    for (const auto& [name, index] : columns_) {
        if (index >= row.cells.size() || row.cells[index].empty()) continue;
        append(buffer_, name);
        append(buffer_, row.cells[index]);
    }
    add_to(sum_, shake256(buffer_, sizeof sum_));
    ++rows_;
}

std::string AudienceHash::finish() const {
    std::string bytes = "tocsin audience 2\n" + std::to_string(rows_) + "\n";
    for (std::uint64_t word : sum_) bytes += std::to_string(word) + "\n";
    return to_hex(sha256(bytes));
}

std::string topped_up(const std::string& before, const std::string& added) {
    return to_hex(sha256("tocsin top-up 1\n" + before + "\n" + added + "\n"));
}

}  // namespace tocsin
