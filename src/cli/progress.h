// Shows how far a mailing is while it is sent or watched: a line that replaces itself on a
// terminal, and one line a minute with its time elsewhere, from the first minute on, so that a
// short run says nothing extra. Nothing after -q.
#pragma once

#include <string>

#include "base/clock.h"
#include "cli/console.h"
#include "cli/progress_text.h"
#include "cli/speedometer.h"

namespace tocsin {

class Progress {
  public:
    // Both outlive it. The line is taken away at its end.
    Progress(Console& console, const Clock& clock);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // As often as one likes; the terminal is written to ten times a second at most.
    void show(const std::string& label, const ProgressCounts& counts);

  private:
    Console& console_;
    const Clock& clock_;
    Speedometer meter_;
    Milliseconds due_;  // of the next line, since boot
};

}  // namespace tocsin
