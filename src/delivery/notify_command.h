// `notify: {command: …}`: a notice on the standard input of a shell's command.
#pragma once

#include <string>

#include "base/clock.h"
#include "delivery/notice_text.h"
#include "model/workspace.h"

namespace tocsin {

// `/bin/sh -c` in the workspace's folder, with the text on standard input and TOCSIN_EVENT,
// TOCSIN_CAMPAIGN and TOCSIN_SUBJECT in its environment. What it prints is read and forgotten; it
// is stopped after `patience`, or when it prints more than 64 KiB. Gives what went wrong, or the
// empty text. Throws std::system_error where it cannot be started.
std::string notify_by_command(const Workspace& workspace, const Notice& notice, WallTime when,
                              Milliseconds patience);

}  // namespace tocsin
