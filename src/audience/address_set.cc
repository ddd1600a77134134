#include "audience/address_set.h"

#include <algorithm>

#include "base/error.h"

namespace tocsin {
namespace {

// One row is read at a time, anywhere in the file.
constexpr std::size_t kRowBlock = 1024;

}  // namespace

AddressSet::AddressSet(const std::vector<ListFile>& lists) : lists_(lists), readers_(lists.size()) {
    std::uint64_t start = 0;
    for (const ListFile& list : lists) {
        starts_.push_back(start);
        start += list.source->size();
    }
    if (start >= PlaceIndex::kEnd) {
        throw Error(ExitCode::kBadInput, "the lists are larger than a tebibyte together");
    }
}

bool AddressSet::add(const std::string& key, std::size_t list, std::uint64_t offset) {
    auto same = [&](std::uint64_t place) { return is_at(place, key); };
    return !index_.find_or_add(siphash(key_, key), starts_[list] + offset, same);
}

std::optional<std::size_t> AddressSet::find(const std::string& key) {
    auto same = [&](std::uint64_t place) { return is_at(place, key); };
    auto place = index_.find(siphash(key_, key), same);
    if (!place) return std::nullopt;
    return row_at(*place).list;
}

AddressSet::Row AddressSet::row_at(std::uint64_t place) const {
    // The last list that begins at or before it; an empty one has no rows.
    auto after = std::upper_bound(starts_.begin(), starts_.end(), place);
    auto list = static_cast<std::size_t>(after - starts_.begin()) - 1;
    return {list, place - starts_[list]};
}

bool AddressSet::is_at(std::uint64_t place, const std::string& key) {
    Row row = row_at(place);
    auto& reader = readers_[row.list];
    if (!reader) reader = std::make_unique<ListRows>(lists_[row.list], kRowBlock);
    return reader->read_at(row.offset) && !reader->fault() && reader->address().key() == key;
}

}  // namespace tocsin
