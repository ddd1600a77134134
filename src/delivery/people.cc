#include "delivery/people.h"

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "base/text.h"

namespace tocsin {

People People::of_plan(Ledger& ledger, const MailingKey& mailing, const SipKey& key) {
    People people(key);
    ledger.for_each_row(mailing, [&](const std::string& address, State state) {
        if (state != State::kSkipped) people.add(address);
    });
    people.settle();
    return people;
}

void People::settle() {
    std::sort(hashes_.begin(), hashes_.end());
}

std::string People::pack() const {
    std::string bytes(reinterpret_cast<const char*>(&key_), sizeof key_);
    bytes.append(reinterpret_cast<const char*>(hashes_.data()),
                 hashes_.size() * sizeof(std::uint64_t));
    return bytes;
}

People People::unpack(std::string_view bytes) {
    People people;
    if (bytes.empty()) return people;
    if (bytes.size() < sizeof people.key_ || bytes.size() % sizeof(std::uint64_t) != 0) {
        throw LedgerError("the people of an approval cannot be read from the ledger");
    }
    std::memcpy(&people.key_, bytes.data(), sizeof people.key_);
    bytes.remove_prefix(sizeof people.key_);
    people.hashes_.resize(bytes.size() / sizeof(std::uint64_t));
    if (!bytes.empty()) std::memcpy(people.hashes_.data(), bytes.data(), bytes.size());
    return people;
}

People::Movement People::until(const People& later) const {
    Movement movement;
    auto then = hashes_.begin();
    auto now = later.hashes_.begin();
    while (then != hashes_.end() && now != later.hashes_.end()) {
        if (*then == *now) {
            ++then, ++now;
        } else if (*then < *now) {
            ++movement.went, ++then;
        } else {
            ++movement.came, ++now;
        }
    }
    movement.went += static_cast<std::size_t>(hashes_.end() - then);
    movement.came += static_cast<std::size_t>(later.hashes_.end() - now);
    return movement;
}

std::string shown(const People::Movement& movement) {
    auto people = [](std::size_t n) {
        return n == 1 ? std::string("1 person") : grouped(n) + " people";
    };
    if (movement.came == 0 && movement.went == 0) return "";
    if (movement.came == 0) return people(movement.went) + " fewer";
    std::string text = people(movement.came) + " more";
    return movement.went == 0 ? text : text + ", " + grouped(movement.went) + " fewer";
}

}  // namespace tocsin
