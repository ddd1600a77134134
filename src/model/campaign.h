// A campaign file as read and found well-formed. Places are kept, so that what later stages find
// can be shown where the user wrote it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "calendar/schedule.h"
#include "mail/address.h"
#include "model/limits.h"
#include "model/lint.h"
#include "model/value.h"

namespace tocsin {

// A text of a campaign file and where its first character stands.
struct Located {
    std::string text;
    Place place;
};

struct Fallback {
    std::string field;
    std::string value;
    Place place;
};

struct AudienceDefinition {
    std::vector<Located> lists;  // paths relative to the workspace, inside it
    std::vector<Located> exclude;
};

// `schedule:`, and where its parts stand; a place without a line where a part is not written.
struct ScheduleDefinition {
    Schedule schedule;
    Place place{};   // of the key `schedule`
    Place begins{};  // of `at` or `every`
    Place opens{};   // of `window`, or else `days`
    Place not_after{};
    Place timezone{};
};

struct Campaign {
    std::string id;  // [a-z0-9][a-z0-9._-]{0,63}
    SourceText source;
    NamedMailbox from;
    std::optional<NamedMailbox> reply_to;
    Located subject;                   // a template
    std::optional<Located> preheader;  // a template
    std::optional<Located> html;       // file names in templates/; at least one of the two
    std::optional<Located> text;
    Value data = Value::Map{};
    std::vector<Fallback> fallbacks;
    AudienceDefinition audience;
    std::vector<Located> attachments;  // paths relative to the workspace, inside it
    std::optional<Located> transport;  // a name in tocsin.yaml
    Rates rates{};                     // beside those of the transport
    std::string unsubscribe_list;      // empty: an unsubscribe counts for everything
    Place from_place{};                // without a line where `from` could not be read
    Place reply_to_place{};
    std::optional<ScheduleDefinition> schedule{};
    LintIgnore lint_ignore{};  // beside that of tocsin.yaml
};

}  // namespace tocsin
