#include "cli/send_watch.h"

#include "base/error.h"
#include "base/text.h"

namespace tocsin {
namespace {

bool must_watch(const UnsubscribeSettings& settings, const TransportDefinition& transport) {
    bool into_folder = std::holds_alternative<MaildirSettings>(transport.settings);
    return !settings.url.empty() && (!into_folder || settings.require_live);
}

}  // namespace

std::unique_ptr<UnsubscribeWatch> watch_unsubscribes(Invocation& invocation,
                                                     const Workspace& workspace,
                                                     const TransportDefinition& transport) {
    const UnsubscribeSettings& settings = workspace.unsubscribe;
    if (!must_watch(settings, transport)) return nullptr;
    auto watch = std::make_unique<UnsubscribeWatch>(
        workspace, open_ledger(workspace, false, LedgerUse::kRecord), invocation.clock);
    UnsubscribeWatch::Look found = watch->look();
    const bool live = found.liveness.live;
    std::string trouble = live ? found.trouble : found.liveness.trouble;
    if (!trouble.empty() && settings.require_live) {
        throw Refused(trouble + "; nothing was sent",
                      live ? "run it again when the server can be reached" : found.liveness.hint);
    }
    if (!trouble.empty()) invocation.console.warn(trouble, live ? "" : found.liveness.hint);
    if (found.pulled && found.pulled->records > 0 && !invocation.console.quiet()) {
        invocation.console.err(
            "pulled from `unsubscribe.url`: " + counted(found.pulled->records, "choice") + "\n");
    }
    PassedOver passed = passed_over(found.pulled.value_or(PullCount{}));
    if (!passed.trouble.empty()) invocation.console.warn(passed.trouble, passed.hint);
    return watch;
}

}  // namespace tocsin
