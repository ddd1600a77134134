// What a spam filter makes of a mail: SpamAssassin, where it is installed, with its local tests
// only. Nothing leaves this machine, and nothing is learnt from the mail.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/program.h"

namespace tocsin {

struct SpamRule {
    std::string name;
    double score = 0;
    std::string description{};
};

struct SpamVerdict {
    std::string trouble{};  // why there is none, a sentence; what follows is then empty
    std::string hint{};
    double score = 0;
    double threshold = 0;           // from here on it counts as spam, as the filter is configured
    std::vector<SpamRule> rules{};  // those that hit, the heaviest first

    bool known() const { return trouble.empty(); }
    bool is_spam() const { return known() && score >= threshold; }
};

// `mail` with CR LF. `program` is for tests.
SpamVerdict ask_spam_filter(const std::string& mail, const ProgramLimits& limits = {},
                            const std::string& program = "spamassassin");

// Of what SpamAssassin printed when it was asked so. Nothing where it is not that.
std::optional<SpamVerdict> parse_spam_report(const std::string& output);

}  // namespace tocsin
