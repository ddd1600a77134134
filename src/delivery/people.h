// Who would get a mail, as 8 bytes each: enough to say later how many came and how many went, and
// not who.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/siphash.h"
#include "ledger/ledger.h"

namespace tocsin {

class People {
  public:
    People() = default;
    explicit People(const SipKey& key) : key_(key) {}
    // Everybody whom the ready plan does not skip. People that are to be compared need the same
    // key.
    static People of_plan(Ledger& ledger, const MailingKey& mailing, const SipKey& key);

    // By address, or by what else names a row.
    void add(std::string_view name) { hashes_.push_back(siphash(key_, name)); }
    // After the last of them, before they are compared or packed.
    void settle();

    const SipKey& key() const { return key_; }
    std::size_t size() const { return hashes_.size(); }

    std::string pack() const;
    // Throws LedgerError where the bytes are not `pack`'s. The empty string is nobody.
    static People unpack(std::string_view bytes);

    struct Movement {
        std::size_t came = 0;
        std::size_t went = 0;
    };
    Movement until(const People& later) const;

  private:
    SipKey key_{};
    std::vector<std::uint64_t> hashes_;  // sorted
};

// "3 people more, 1 fewer"; empty where nobody came or went.
std::string shown(const People::Movement& movement);

}  // namespace tocsin
