// Which receivers are limited together. A large mailbox provider is one group with all its domains;
// a domain that `domains:` of the transport names, or that has answered that mail comes too fast,
// is one by itself; all others are kEverybodyElse, which has no limit of its own.
//
// Goes by the recipient's domain alone, without DNS: through a relay the MX is the relay's
// business, and looking up every domain of a list takes time and tells others who is mailed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/limits.h"

namespace tocsin {

using GroupId = std::uint32_t;  // valid within one DomainGroups

inline constexpr GroupId kEverybodyElse = 0;

class DomainGroups {
  public:
    // `domains`: as the transport has them. An entry for a provider's domain, or for a provider's
    // group ("google.com"), is one for the whole group; of several the rates all hold, and the
    // fewest connections. `connections`: the transport's.
    DomainGroups(const std::map<std::string, DomainLimits>& domains, int connections);

    // The group of a recipient's domain: ASCII lower case.
    GroupId of(std::string_view domain) const;
    // Gives a domain a group of its own, for the rest of the run, if it has none. When there are
    // ten thousand such, the domain stays where it is.
    GroupId separate(std::string_view domain);

    // "gmail.com" is in "google.com"; "other domains" for kEverybodyElse.
    const std::string& name(GroupId group) const { return groups_[group].name; }
    const Rates& rates(GroupId group) const { return groups_[group].rates; }
    // How many messages of the group may be under way at once; never more than the transport's
    // connections.
    int connections(GroupId group) const { return groups_[group].connections; }
    std::size_t size() const { return groups_.size(); }  // ids are 0 … size() - 1

  private:
    struct Group {
        std::string name;
        Rates rates;
        int connections = 0;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };

    GroupId add(std::string_view domain);

    std::vector<Group> groups_;
    std::unordered_map<std::string, GroupId, Hash, std::equal_to<>> own_;  // domains by themselves
    int connections_;
    std::size_t separated_ = 0;
};

}  // namespace tocsin
