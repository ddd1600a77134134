// What is due: all campaign files of a folder that have a `schedule:`, their mailings, and how each
// stands. Looks only; who acts is cli/due_run.h.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "agenda/campaign_files.h"
#include "agenda/memory.h"
#include "agenda/timing.h"
#include "ledger/ledger.h"
#include "model/workspace.h"

namespace tocsin {

struct AgendaItem {
    const CampaignFile* file = nullptr;
    MailingKey mailing;
    LocalMinute begins{};  // in the campaign's zone
    Timing timing;

    const Campaign& campaign() const { return *file->campaign; }
    const Schedule& schedule() const { return campaign().schedule->schedule; }
};

// How far a recurring campaign is.
struct SeriesState {
    const CampaignFile* file = nullptr;
    // Came due while nothing began them, and are not begun any more, oldest first; of very many
    // the latest, and how many there are.
    std::vector<Occurrence> missed{};
    std::size_t missed_count = 0;
    // What AgendaMemory::settle is to be told when the missed are told, and when the latest
    // occurrence, which is an item, is in the ledger, too.
    WallTime settled{};
    std::optional<Occurrence> latest{};
};

struct Agenda {
    std::vector<CampaignFile> files;  // broken ones, too
    std::vector<AgendaItem> items;    // by file, then occurrence
    std::vector<SeriesState> series;
};

// Items point into `files`. `now` is the wall clock's.
std::unique_ptr<Agenda> look_at_agenda(const Workspace& workspace,
                                       const std::filesystem::path& folder, Ledger& ledger,
                                       WallTime now);

}  // namespace tocsin
