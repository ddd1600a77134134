// The names under which something may be kept of an address: itself, or a keyed hash of it where
// the address shall not be kept or is not known any more.
//
//   h:<fingerprint>:<32 hex digits>     under the workspace's suppression key, which never changes
//   t:<fingerprint>:<16 hex digits>     as an unsubscribe token or a return path holds it, under
//                                       the key that signed that
//
// No address begins like this: `:` stands in no unquoted local part (RFC 5322 section 3.2.3), and
// mail/address.h takes no quoted ones.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mail/token.h"

namespace tocsin {

// How the names under the key that never changes begin.
inline constexpr char kPermanentName[] = "h:";
// ... and those under the keys of tokens.
inline constexpr char kNameInToken[] = "t:";

// The `t:` form. `address_hash` is the 8 bytes of the token, `key_fingerprint` that of its key.
std::string name_of_hash(std::string_view key_fingerprint, std::string_view address_hash);

// Whether this is such a name and no address.
bool is_hashed_name(std::string_view name);
// Whether it has the form of one, to the last digit: for what is read from files.
bool is_well_formed_name(std::string_view name);

struct SuppressionKey {
    explicit SuppressionKey(std::string_view secret);
    std::string fingerprint;  // 16 hex digits: what tocsin.lock holds
    std::string hash;         // hashes addresses
};

class AddressNames {
  public:
    // Addresses have no name but themselves.
    AddressNames() = default;
    explicit AddressNames(const KeyRing& keys);
    // `hash_new`: what is noted from now on is kept under the `h:` form.
    AddressNames(const KeyRing& keys, const SuppressionKey& key, bool hash_new);

    // How many hashed names an address has, and how those of one kind begin.
    std::size_t kinds() const { return kinds_.size(); }
    const std::string& prefix(std::size_t kind) const { return kinds_.at(kind).prefix; }
    // `address` is a Mailbox's key.
    std::string name(std::size_t kind, std::string_view address) const;

    // Every name, the address itself first; of what is a hashed name already, itself alone.
    std::vector<std::string> all(const std::string& address) const;
    // The one under which something new is kept.
    std::string kept(const std::string& address) const;
    bool hashes_new() const { return hash_new_; }
    // Whether a hashed name is under one of these keys: any other one blocks nobody.
    bool knows(std::string_view name) const;
    // Whether `h:` names can be told.
    bool has_permanent() const;

  private:
    struct Kind {
        std::string prefix;
        std::string key;
        std::size_t bytes;  // of the hash
    };
    std::vector<Kind> kinds_;  // the `h:` form first, where there is one
    bool hash_new_ = false;
};

}  // namespace tocsin
