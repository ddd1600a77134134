// What will go out when, to how many, by which transport, and what holds it back.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "agenda/agenda.h"

namespace tocsin {

struct ForecastRow {
    MailingKey mailing;
    std::string file;
    WallTime time{};  // when it begins or goes on by itself; the past where it is due, or held
    Zone zone{};      // the campaign's
    bool by_recipient = false;
    std::optional<std::size_t> people{};  // still to be mailed; nothing where that cannot be said
    std::string transport{};
    Timing timing{};
    std::vector<std::string> held_by{};  // what somebody must see to, in words; of none it goes
};

struct Forecast {
    WallTime from{};
    WallTime until{};
    std::vector<ForecastRow> rows{};  // by time
    // Of campaigns that recur very often, how many occurrences more there are.
    std::vector<std::pair<std::string, std::size_t>> left_out{};
    std::vector<const CampaignFile*> broken{};
    std::unique_ptr<Agenda> agenda{};  // what `broken` points into
};

// Reads lists to count people, and writes nothing.
Forecast forecast(const Workspace& workspace, const std::filesystem::path& folder, Ledger& ledger,
                  WallTime now, std::chrono::days days);

}  // namespace tocsin
