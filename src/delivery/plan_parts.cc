#include "delivery/plan_parts.h"

#include <algorithm>

#include "base/random.h"
#include "base/text.h"
#include "delivery/content_facts.h"
#include "delivery/inputs.h"
#include "delivery/planner.h"
#include "mail/digest.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostLines = 20;

std::string hex_hash(const std::string& bytes) {
    return to_hex(sha256(bytes));
}

// Plans of a version that hashed no audience: each is like no other.
std::string audience_of(const PlanInfo& plan) {
    if (!plan.audience_hash.empty()) return plan.audience_hash;
    return hex_hash("tocsin plan " + std::to_string(plan.number) + " of " + plan.mailing.name());
}

Facts lists_of(const PlanInfo& plan) {
    Facts lists;
    for (const InputFile& file : parse_inputs(plan.inputs)) {
        bool is_list = file.role == "list" || file.role == "exclusion";
        if (is_list) lists[file.path] = "sha256:" + file.sha256;
    }
    return lists;
}

void append(std::vector<std::string>& lines, const std::vector<std::string>& more) {
    for (const std::string& line : more) {
        if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
    }
}

void append_audience(std::vector<std::string>& lines, const PlanMemory& then,
                     const PlanMemory& now) {
    append(lines, changes(then.lists, now.lists));
    const std::string moved = shown(then.people.until(now.people));
    append(lines,
           {moved.empty() ? "the data of people, or why some are skipped, has changed" : moved});
}

}  // namespace

PlanParts parts_of(const PlanInfo& plan) {
    return {plan.content_hash, audience_of(plan), hex_hash(plan.settings)};
}

PlanParts parts_of(const PlanInfo& plan, const Facts& settings) {
    return {plan.content_hash, audience_of(plan), hex_hash(serialise(settings))};
}

PlanParts parts_of(const Approval& approval) {
    return {approval.content_hash, approval.audience_hash, approval.settings_hash};
}

std::string hash_of(const PlanParts& parts) {
    return hex_hash("tocsin plan 1\n" + parts.content_hash + "\n" + parts.audience_hash + "\n" +
                    parts.settings_hash + "\n");
}

PlanMemory memory_of(const PlanInfo& plan, const Facts& settings) {
    return {parts_of(plan, settings),
            facts_of(parse_content(plan.content)),
            settings,
            lists_of(plan),
            {}};
}

PlanMemory memory_of(const Content& content, const Facts& settings) {
    return {{hash_of_content(content), "", hex_hash(serialise(settings))},
            facts_of(content),
            settings,
            {},
            {}};
}

PlanMemory memory_of(const PlanInfo& plan, Ledger& ledger, const SipKey& key) {
    PlanMemory memory = memory_of(plan, parse_facts(plan.settings));
    memory.parts = parts_of(plan);
    memory.people = People::of_plan(ledger, plan.mailing, key);
    return memory;
}

std::vector<std::string> changes(const PlanMemory& then, const PlanMemory& now) {
    std::vector<std::string> lines;
    if (then.parts.content_hash != now.parts.content_hash) {
        append(lines, changes(then.content, now.content));
        if (lines.empty()) lines.emplace_back("the content has changed");
    }
    if (then.parts.audience_hash != now.parts.audience_hash) append_audience(lines, then, now);
    if (then.parts.settings_hash != now.parts.settings_hash) {
        append(lines, changes(then.settings, now.settings));
    }
    return lines;
}

std::string bullets(const std::vector<std::string>& lines) {
    std::string text;
    std::size_t shown = std::min(lines.size(), kMostLines);
    for (std::size_t i = 0; i < shown; ++i) text += "  - " + printable(lines[i]) + "\n";
    if (lines.size() > shown) text += "  - and " + grouped(lines.size() - shown) + " more\n";
    return text;
}

}  // namespace tocsin
