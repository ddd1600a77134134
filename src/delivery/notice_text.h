// How a notice reads: its name for programs, one line for a subject, and a text for people.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "ledger/keys.h"
#include "model/workspace.h"

namespace tocsin {

// What is told of a mailing.
struct Notice {
    NotifyEvent event = NotifyEvent::kDone;
    MailingKey mailing;
    // One or more lines for people, with nobody's address. Another text is another thing to tell,
    // where there is no key.
    std::string text;
    // What it is remembered by where the text changes by itself: with the time, say.
    std::string key{};
};

// "done", "held", "paused", "in_doubt": as tocsin.yaml writes it.
std::string_view name(NotifyEvent event);

// "weekly@2026-12-07T09:00 is held: overdue": the text's first line, with the mailing's name and
// the event before it where it does not begin with the name. One line of UTF-8 without control
// characters, at most 200 bytes.
std::string headline(const Notice& notice);

// The headline, the other lines of the text, and where and when it was: there are several machines
// and workspaces, and news that comes late. The same for the same arguments, on the same machine.
std::string body(const Notice& notice, const Workspace& workspace, WallTime when);

}  // namespace tocsin
