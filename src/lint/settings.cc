#include "lint/settings.h"

#include <string>
#include <utility>

#include "base/text.h"
#include "lint/sender.h"

namespace tocsin {
namespace {

class SettingsLint {
  public:
    SettingsLint(const Workspace& workspace, const Campaign& campaign, LintReport& report)
        : workspace_(workspace), campaign_(campaign), report_(report) {}

    void run() {
        look_at_from();
        look_at_replies();
        look_at_preheader();
        look_at_unsubscribe();
        look_at_postal_address();
    }

  private:
    void add(std::string_view id, const Place& place, std::string message, std::string hint) {
        report_.add(id, place, std::move(message), std::move(hint),
                    std::string(campaign_.source.line(place.line)));
    }

    void look_at_from() {
        const NamedMailbox& from = campaign_.from;
        if (campaign_.from_place.line == 0) return;
        if (trim(from.name).empty()) {
            add("empty-from-name", campaign_.from_place, "`from` has no name",
                "write `from: Who you are <…>`");
        }
        if (is_freemail(from.address.domain())) {
            add("freemail-from", campaign_.from_place,
                "`from` is an address at the freemail provider " + from.address.domain(),
                "send from a domain of your own, whose SPF and DKIM records you set");
        }
    }

    // Where replies go: to `from`, where there is no `reply_to`.
    void look_at_replies() {
        bool has_reply_to = campaign_.reply_to_place.line > 0;
        if (has_reply_to && campaign_.reply_to && is_no_reply(campaign_.reply_to->address)) {
            add("no-reply-address", campaign_.reply_to_place, "`reply_to` is a no-reply address",
                "name an address that somebody reads");
        } else if (!has_reply_to && campaign_.from_place.line > 0 &&
                   is_no_reply(campaign_.from.address)) {
            add("no-reply-address", campaign_.from_place,
                "`from` is a no-reply address, and there is no `reply_to`",
                "add `reply_to` with an address that somebody reads");
        }
    }

    // A mail of text alone has no place to hide one in.
    void look_at_preheader() {
        if (campaign_.preheader || !campaign_.html) return;
        Place place = campaign_.subject.place;
        if (place.line == 0) place.file = campaign_.source.name();
        add("no-preheader", place, "the campaign has no `preheader`",
            "add `preheader: …` with 40 to 130 characters that go on from the subject");
    }

    void look_at_unsubscribe() {
        const auto& missing = workspace_.no_one_click;
        if (!missing) return;
        const bool has_url = !workspace_.unsubscribe.url.empty();
        report_.add("no-list-unsubscribe", missing->place,
                    has_url
                        ? "`unsubscribe.url` is `http:`, so mails offer no one-click unsubscribe"
                        : "without `unsubscribe.url` mails offer no one-click unsubscribe",
                    has_url ? "serve it at an `https:` address: docs/serve.md"
                            : "add `unsubscribe: {url: https://…/}`, where `tocsin serve` answers",
                    missing->excerpt);
    }

    void look_at_postal_address() {
        const auto& missing = workspace_.no_postal_address;
        if (!missing) return;
        report_.add("no-postal-address", missing->place, "`organisation` has no `postal_address`",
                    "add it, and print it with {{organisation.postal_address}}", missing->excerpt);
    }

    const Workspace& workspace_;
    const Campaign& campaign_;
    LintReport& report_;
};

}  // namespace

void lint_settings(const Workspace& workspace, const Campaign& campaign, LintReport& report) {
    SettingsLint(workspace, campaign, report).run();
}

LintIgnore ignored_in(const Workspace& workspace, const Campaign& campaign) {
    LintIgnore all = workspace.lint_ignore;
    all.insert(campaign.lint_ignore.begin(), campaign.lint_ignore.end());
    return all;
}

}  // namespace tocsin
