// What a plan would do, in the three parts that an approval knows apart, and how two such differ.
#pragma once

#include <string>
#include <vector>

#include "delivery/facts.h"
#include "delivery/people.h"
#include "ledger/ledger.h"
#include "model/content.h"

namespace tocsin {

struct PlanParts {
    std::string content_hash;
    std::string audience_hash;
    std::string settings_hash;
    friend bool operator==(const PlanParts&, const PlanParts&) = default;
};

// As it was planned.
PlanParts parts_of(const PlanInfo& plan);
// As it would go out under these settings.
PlanParts parts_of(const PlanInfo& plan, const Facts& settings);
PlanParts parts_of(const Approval& approval);

// The one hash that people compare: hex SHA-256 over the parts.
std::string hash_of(const PlanParts& parts);

// What can still be told of a plan when it is gone.
struct PlanMemory {
    PlanParts parts;
    Facts content;
    Facts settings;
    Facts lists;  // by path, exclusions too
    People people;
};

// Of the ready plan. Walks its rows.
PlanMemory memory_of(const PlanInfo& plan, Ledger& ledger, const SipKey& key);
// The same without people: walks nothing.
PlanMemory memory_of(const PlanInfo& plan, const Facts& settings);
// Of a series: content and settings, and no audience, which each occurrence has of its own.
PlanMemory memory_of(const Content& content, const Facts& settings);

// Lines for people; none where the parts are the same.
std::vector<std::string> changes(const PlanMemory& then, const PlanMemory& now);

// "  - LINE\n" each; of very many the first ones, and how many more there are.
std::string bullets(const std::vector<std::string>& lines);

}  // namespace tocsin
