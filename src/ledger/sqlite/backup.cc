#include "ledger/sqlite/backup.h"

#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "ledger/sqlite/connection.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/mailing_lock.h"
#include "ledger/sqlite/place.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

[[noreturn]] void refuse_taken(const fs::path& to) {
    throw Refused("there is something at " + to.string() + " already: nothing was written",
                  "a backup never replaces another one; give it a name of its own");
}

void demand_free(const fs::path& to) {
    if (fs::symlink_status(to).type() != fs::file_type::not_found) refuse_taken(to);
    fs::path folder = to.has_parent_path() ? to.parent_path() : fs::path(".");
    if (fs::is_directory(folder)) return;
    throw MissingInput("there is no folder " + folder.string(),
                       "make it, or mount the disk that it lies on");
}

void mark(const fs::path& copy, WallTime now) {
    sqlite::Connection connection(copy);
    // Nobody has it yet, and whoever places it syncs the whole file.
    connection.database().exec("PRAGMA synchronous=OFF");
    connection.run("INSERT OR IGNORE INTO note VALUES ('backup', ?)", iso8601(now));
}

}  // namespace

void back_up_ledger(const fs::path& ledger, const fs::path& to, WallTime now) {
    std::string what = "cannot write the backup " + to.string();
    sqlite::guarded(what.c_str(), [&] {
        demand_free(to);
        bool placed = sqlite::place_in_one_step(to, [&](const fs::path& beside) {
            sqlite::Connection(ledger).run("VACUUM INTO ?", beside.string());
            mark(beside, now);
        });
        if (!placed) refuse_taken(to);
    });
}

void forget_flights(const fs::path& ledger, const std::string& owner, WallTime now) {
    sqlite::guarded("cannot clear what lies beside the ledger", [&] {
        auto nobody_sends = sqlite::lock_all_mailings(ledger, owner, now);
        const fs::path folder = ledger.string() + ".locks";
        if (!fs::exists(folder)) return;
        std::vector<fs::path> flights;
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (entry.path().extension() == ".flight") flights.push_back(entry.path());
        }
        for (const fs::path& flight : flights) fs::remove(flight);
        sync_folder(folder);
    });
}

}  // namespace tocsin
