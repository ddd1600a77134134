#include "preview/sample.h"

#include <algorithm>
#include <map>

#include "base/error.h"

namespace tocsin {
namespace {

using Visit = std::function<void(const AudienceRow&)>;

void for_each_person(Audience& audience, const Visit& visit) {
    Findings ignored;  // `check` reports them
    audience.for_each(
        visit, [](const InvalidRow&) {}, ignored);
}

std::vector<Recipient> named(Audience& audience, const std::vector<Mailbox>& wanted) {
    std::map<std::string, Recipient> found;
    for_each_person(audience, [&](const AudienceRow& row) {
        bool asked_for =
            std::find(wanted.begin(), wanted.end(), row.recipient.address) != wanted.end();
        if (asked_for) found.emplace(row.recipient.address.key(), row.recipient);
    });
    std::vector<Recipient> people;
    for (const Mailbox& address : wanted) {
        auto person = found.find(address.key());
        if (person == found.end()) {
            throw UsageError(address.written() + " is in none of the campaign's lists",
                             "--as takes the address of somebody who is");
        }
        people.push_back(person->second);
    }
    return people;
}

std::size_t count_people(Audience& audience) {
    std::size_t count = 0;
    for_each_person(audience, [&](const AudienceRow& row) { count += row.excluded ? 0 : 1; });
    return count;
}

// The first people of `most` equal parts of the lists.
void add_spread(Audience& audience, std::size_t most, std::vector<Recipient>& people) {
    std::size_t total = count_people(audience);
    most = std::min(most, total);
    std::size_t index = 0, taken = 0;
    for_each_person(audience, [&](const AudienceRow& row) {
        if (row.excluded) return;
        if (taken < most && index++ * most >= taken * total) {
            ++taken;
            people.push_back(row.recipient);
        }
    });
}

}  // namespace

std::vector<Recipient> choose(Audience& audience, const SampleRequest& request) {
    std::vector<Recipient> people = named(audience, request.as);
    if (request.sample > 0) add_spread(audience, request.sample, people);
    return people;
}

}  // namespace tocsin
