#include "preview/telling.h"

#include <algorithm>
#include <set>

#include "mail/unicode.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostSets = 512;
constexpr int kExtremeWeight = 5;

// Adds the traits of `more` to `all`; whether there was a new one.
bool merge(TraitSet& all, const TraitSet& more) {
    all.resize(std::max(all.size(), more.size()), '\0');
    bool grew = false;
    for (std::size_t i = 0; i < more.size(); ++i) {
        if (more[i] == 0 || all[i] != 0) continue;
        all[i] = 1;
        grew = true;
    }
    return grew;
}

}  // namespace

TellingPeople::TellingPeople(Renderer& renderer, const Columns& columns)
    : traits_(renderer, columns), size_(renderer) {
    if (!renderer.used_columns().empty()) extremes_.push_back({"largest mail", std::nullopt});
    for (std::size_t column : traits_.measured()) {
        extremes_.push_back({"longest " + traits_.column_name(column), column});
        extremes_.push_back({"shortest " + traits_.column_name(column), column, true});
    }
}

void TellingPeople::look(const Recipient& person) {
    TraitSet traits = traits_.of(person.cells);
    look_at_extremes(person, traits);
    bool is_first = known_.size() < kMostSets && known_.insert(traits).second;
    bool shows_more = merge(seen_, traits);
    if (is_first || shows_more) first_of_set_.push_back({people_, person, std::move(traits)});
    ++people_;
}

void TellingPeople::look_at_extremes(const Recipient& person, const TraitSet& traits) {
    for (Extreme& extreme : extremes_) {
        if (extreme.column && person.cells[*extreme.column].empty()) continue;
        std::uint64_t value = extreme.column ? count_characters(person.cells[*extreme.column])
                                             : size_.of(person.cells);
        bool beats = extreme.least ? value < extreme.value : value > extreme.value;
        if (extreme.holder && !beats) continue;
        extreme.value = value;
        extreme.holder = Candidate{people_, person, traits};
    }
}

std::vector<TellingPeople::Candidate> TellingPeople::candidates() const {
    std::vector<Candidate> all = first_of_set_;
    for (const Extreme& extreme : extremes_) {
        if (extreme.holder) all.push_back(*extreme.holder);
    }
    auto earlier = [](const auto& a, const auto& b) { return a.ordinal < b.ordinal; };
    auto same = [](const auto& a, const auto& b) { return a.ordinal == b.ordinal; };
    std::stable_sort(all.begin(), all.end(), earlier);
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
    return all;
}

std::vector<std::size_t> TellingPeople::extremes_of(const Candidate& candidate) const {
    std::vector<std::size_t> held;
    for (std::size_t i = 0; i < extremes_.size(); ++i) {
        const auto& holder = extremes_[i].holder;
        if (holder && holder->ordinal == candidate.ordinal) held.push_back(i);
    }
    return held;
}

std::vector<Chosen> TellingPeople::choose(std::size_t most) const {
    const std::vector<Candidate> all = candidates();
    TraitSet shown;
    std::set<std::size_t> shown_extremes;
    auto news_of = [&](const Candidate& candidate) {
        std::vector<std::size_t> news;
        for (std::size_t i = 0; i < candidate.traits.size(); ++i) {
            bool is_shown = i < shown.size() && shown[i] != 0;
            if (candidate.traits[i] != 0 && !is_shown) news.push_back(i);
        }
        return news;
    };
    auto gain = [&](const Candidate& candidate) {
        int sum = 0;
        for (std::size_t trait : news_of(candidate)) sum += traits_.weight(trait);
        for (std::size_t held : extremes_of(candidate)) {
            sum += shown_extremes.contains(held) ? 0 : kExtremeWeight;
        }
        return sum;
    };
    std::vector<Chosen> people;
    while (people.size() < most && !all.empty()) {
        auto best = std::max_element(all.begin(), all.end(), [&](const auto& a, const auto& b) {
            return gain(a) < gain(b);
        });
        if (gain(*best) == 0) break;
        Chosen chosen{best->person, traits_.reasons(news_of(*best), best->person.cells), ""};
        for (std::size_t held : extremes_of(*best)) {
            if (shown_extremes.insert(held).second)
                chosen.reasons.push_back(extremes_[held].reason);
        }
        merge(shown, best->traits);
        people.push_back(std::move(chosen));
    }
    if (people.empty() && most > 0 && !all.empty()) {
        people.push_back({all.front().person, {"first of the lists"}, ""});
    }
    return people;
}

}  // namespace tocsin
