// Finds the few people whose mails show all that a campaign's templates can do with its lists.
//
// A trait is what somebody's cells do to the mail: a field is missing, a branch is taken, a value
// runs from right to left, holds markup or is beyond ASCII, a language; and the extremes: the
// longest and shortest name, the largest mail. One pass keeps the first person of each set of
// traits and the holders of the extremes; then a greedy cover takes who shows most that nobody
// before has shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "preview/mail_size.h"
#include "preview/sample.h"
#include "preview/traits.h"

namespace tocsin {

class TellingPeople {
  public:
    // `renderer` outlives it.
    TellingPeople(Renderer& renderer, const Columns& columns);

    // Once for each person that will be mailed, in the order of the lists.
    void look(const Recipient& person);

    // At most `most`, the most telling first; ties go to who comes first in the lists.
    std::vector<Chosen> choose(std::size_t most) const;

  private:
    struct Candidate {
        std::uint64_t ordinal = 0;
        Recipient person;
        TraitSet traits;
    };
    // The one person who has most of something.
    struct Extreme {
        std::string reason;
        std::optional<std::size_t> column;  // a cell's length; else the mail's size
        bool least = false;
        std::uint64_t value = 0;
        std::optional<Candidate> holder{};
    };
    void look_at_extremes(const Recipient& person, const TraitSet& traits);
    std::vector<Candidate> candidates() const;
    std::vector<std::size_t> extremes_of(const Candidate& candidate) const;

    Traits traits_;
    MailSize size_;
    std::vector<Extreme> extremes_;
    std::unordered_set<TraitSet> known_;  // sets of traits
    std::vector<Candidate> first_of_set_;
    TraitSet seen_;
    std::uint64_t people_ = 0;
};

}  // namespace tocsin
