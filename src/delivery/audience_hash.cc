#include "delivery/audience_hash.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "base/random.h"
#include "mail/digest.h"
#include "mail/sha256.h"

namespace tocsin {
namespace {

// With its length, so that no two lists of texts give the same bytes.
void append(std::string& bytes, std::string_view text) {
    bytes += std::to_string(text.size());
    bytes += ':';
    bytes += text;
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
    const std::string digest = sha256(buffer_);
    std::memcpy(rows_.emplace_back().data(), digest.data(), sizeof rows_.back());
}

std::string AudienceHash::finish() {
    std::sort(rows_.begin(), rows_.end());
    Sha256 hash;
    hash.add("tocsin audience 1\n");
    for (const auto& row : rows_) hash.add({reinterpret_cast<const char*>(row.data()), row.size()});
    return to_hex(hash.finish());
}

std::string topped_up(const std::string& before, const std::string& added) {
    return to_hex(sha256("tocsin top-up 1\n" + before + "\n" + added + "\n"));
}

}  // namespace tocsin
