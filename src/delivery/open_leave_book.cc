#include "delivery/open_leave_book.h"

#include "base/log.h"
#include "base/text.h"
#include "campaign/secret.h"
#include "delivery/open_ledger.h"
#include "unsubscribe/journal_book.h"

namespace tocsin {
namespace {

SecretSource file_source(const std::filesystem::path& file) {
    return {SecretSource::Kind::kFile, std::filesystem::absolute(file).string()};
}

KeyRing keys_of(const Workspace& workspace, const StandaloneOptions& options) {
    if (options.secrets.empty()) return keys_to_look(workspace);
    Workspace of_files = workspace;
    of_files.secret = file_source(options.secrets.front());
    of_files.previous_secrets.clear();
    for (std::size_t i = 1; i < options.secrets.size(); ++i) {
        of_files.previous_secrets.push_back(file_source(options.secrets[i]));
    }
    return KeyRing(fetch_keys(of_files, false));
}

}  // namespace

OpenedBook open_standalone_book(const Workspace& workspace, const StandaloneOptions& options,
                                const Clock& clock) {
    OpenedBook opened;
    opened.keys = std::make_unique<const KeyRing>(keys_of(workspace, options));
    auto file = options.journal.empty() ? workspace.state() / "unsubscribes.log" : options.journal;
    auto book = std::make_unique<JournalBook>(file, *opened.keys, clock);
    if (book->bad_lines() > 0) {
        log_warning(counted(book->bad_lines(), "line") + " of " + workspace.shown(file) +
                    " hold nothing that our keys made; they stay there, and count for nothing");
    }
    opened.pulls = std::make_unique<PullServer>(*opened.keys, *book, clock);
    opened.book = std::move(book);
    return opened;
}

}  // namespace tocsin
