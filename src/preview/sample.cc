#include "preview/sample.h"

#include <algorithm>
#include <functional>
#include <set>

#include "base/error.h"
#include "preview/telling.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostTelling = 12;

using Visit = std::function<void(AudienceRow&)>;

void for_each_person(Audience& audience, const Visit& visit) {
    Findings ignored;  // `check` reports them
    audience.for_each(
        visit, [](const InvalidRow&) {}, ignored);
}

// Who is asked for by name.
class Wanted {
  public:
    explicit Wanted(const std::vector<Mailbox>& wanted) : wanted_(wanted) {}

    void look(const AudienceRow& row) {
        if (std::find(wanted_.begin(), wanted_.end(), row.recipient.address) == wanted_.end())
            return;
        found_.emplace(row.recipient.address.key(),
                       Chosen{row.recipient, {"asked for"}, row.excluded_by});
    }

    std::vector<Chosen> people() const {
        std::vector<Chosen> people;
        for (const Mailbox& address : wanted_) {
            auto person = found_.find(address.key());
            if (person == found_.end()) {
                throw UsageError(address.written() + " is in none of the campaign's lists",
                                 "--as takes the address of somebody who is");
            }
            people.push_back(person->second);
        }
        return people;
    }

  private:
    const std::vector<Mailbox>& wanted_;
    std::map<std::string, Chosen> found_;
};

// The first people of `most` equal parts of those who are not chosen yet.
void add_spread(Audience& audience, std::size_t most, std::size_t total,
                std::vector<Chosen>& people) {
    std::set<std::string> chosen;
    for (const Chosen& person : people) chosen.insert(person.recipient.address.key());
    total -= std::min(total, chosen.size());
    most = std::min(most, total);
    std::size_t index = 0, taken = 0;
    for_each_person(audience, [&](AudienceRow& row) {
        if (row.excluded || taken == most || chosen.contains(row.recipient.address.key())) return;
        if (index++ * most < taken * total) return;
        ++taken;
        people.push_back({std::move(row.recipient), {"spread over the lists"}, ""});
    });
}

// Those who are in both keep their first place, and learn why they would have been taken.
void add_missing(std::vector<Chosen> more, std::vector<Chosen>& people) {
    for (Chosen& person : more) {
        auto known = std::find_if(people.begin(), people.end(), [&](const Chosen& other) {
            return other.recipient.address == person.recipient.address;
        });
        if (known == people.end())
            people.push_back(std::move(person));
        else
            known->reasons.insert(known->reasons.end(), person.reasons.begin(),
                                  person.reasons.end());
    }
}

}  // namespace

Sample choose(Audience& audience, Renderer& renderer, const SampleRequest& request) {
    const std::size_t most = request.sample.value_or(request.as.empty() ? kMostTelling : 0);
    Wanted wanted(request.as);
    TellingPeople telling(renderer, audience.columns());
    Sample sample;
    std::size_t total = 0;
    for_each_person(audience, [&](const AudienceRow& row) {
        wanted.look(row);
        if (row.excluded) ++sample.excluded_by[row.excluded_by];
        if (row.excluded) return;
        ++total;
        if (most > 0) telling.look(row.recipient);
    });
    sample.people = wanted.people();
    const std::size_t named = sample.people.size();
    add_missing(telling.choose(most), sample.people);
    const std::size_t sampled = sample.people.size() - named;
    if (request.sample && sampled < most)
        add_spread(audience, most - sampled, total, sample.people);
    return sample;
}

}  // namespace tocsin
