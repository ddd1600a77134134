#include "ledger/sqlite/mailing_lock.h"

#include <exception>
#include <string_view>

#include "base/error.h"
#include "base/random.h"
#include "base/text.h"
#include "ledger/rules.h"

namespace fs = std::filesystem;

namespace tocsin::sqlite {
namespace {

constexpr std::string_view kSafe =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

std::string file_name(std::string_view text) {
    std::string name;
    for (char c : text) {
        if (kSafe.find(c) != std::string_view::npos)
            name += c;
        else
            name += "%" + to_hex(std::string(1, c));
    }
    return name;
}

// The holder may be about to write its note, or to go.
std::string holder(const fs::path& path) {
    try {
        std::string note = printable(read_file(path, 1024));
        return note.empty() ? "another process" : note;
    } catch (const std::exception&) {
        return "another process";
    }
}

std::string mailing_name(const MailingKey& mailing) {
    std::string name = file_name(mailing.campaign);
    return mailing.occurrence.empty() ? name : name + "@" + file_name(mailing.occurrence);
}

fs::path lock_folder(const fs::path& ledger) {
    return ledger.string() + ".locks";
}

}  // namespace

fs::path lock_path(const fs::path& ledger, const MailingKey& mailing) {
    return lock_folder(ledger) / (mailing_name(mailing) + ".lock");
}

fs::path flight_path(const fs::path& ledger, const MailingKey& mailing) {
    return lock_folder(ledger) / (mailing_name(mailing) + ".flight");
}

std::optional<FileLock> try_lock_mailing(const fs::path& ledger, const MailingKey& mailing,
                                         const std::string& owner, WallTime now) {
    fs::path path = lock_path(ledger, mailing);
    make_private_folder(path.parent_path());
    return FileLock::try_lock(path, owner + " since " + iso8601(now));
}

FileLock lock_mailing(const fs::path& ledger, const MailingKey& mailing, const std::string& owner,
                      WallTime now) {
    auto lock = try_lock_mailing(ledger, mailing, owner, now);
    if (lock) return std::move(*lock);
    throw Busy(shown(mailing) + " is held by " + holder(lock_path(ledger, mailing)),
               "Wait until it has ended, or stop it.");
}

std::vector<FileLock> lock_all_mailings(const fs::path& ledger, const std::string& owner,
                                        WallTime now) {
    std::vector<FileLock> locks;
    if (!fs::exists(lock_folder(ledger))) return locks;
    for (const auto& entry : fs::directory_iterator(lock_folder(ledger))) {
        if (entry.path().extension() != ".lock") continue;
        auto lock = FileLock::try_lock(entry.path(), owner + " since " + iso8601(now));
        if (!lock) {
            throw Busy("the ledger is in use by " + holder(entry.path()),
                       "Wait until it has ended, or stop it.");
        }
        locks.push_back(std::move(*lock));
    }
    return locks;
}

}  // namespace tocsin::sqlite
