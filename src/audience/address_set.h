// Which addresses some lists held, in memory that does not hold the addresses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audience/list_file.h"
#include "base/place_index.h"
#include "base/siphash.h"

namespace tocsin {

// Remembers the row where each address first stood. An address whose hash is known already is
// compared with the address in that row, which is read again from its list: a collision never makes
// two people one.
class AddressSet {
  public:
    // `lists` must outlive the set. Throws Error (bad input) where they are larger than a tebibyte.
    explicit AddressSet(const std::vector<ListFile>& lists);

    // `key` is a Mailbox::key(), found in the row at `offset` of list number `list`. True where it
    // is new.
    bool add(const std::string& key, std::size_t list, std::uint64_t offset);
    // The number of the list that has the address, or nothing.
    std::optional<std::size_t> find(const std::string& key);

    std::size_t bytes() const { return index_.bytes(); }

  private:
    struct Row {
        std::size_t list;
        std::uint64_t offset;
    };
    Row row_at(std::uint64_t place) const;
    bool is_at(std::uint64_t place, const std::string& key);

    const std::vector<ListFile>& lists_;
    std::vector<std::uint64_t> starts_;               // of each list, were all lists one file
    std::vector<std::unique_ptr<ListRows>> readers_;  // made when first needed
    SipKey key_ = SipKey::random();
    PlaceIndex index_;
};

}  // namespace tocsin
