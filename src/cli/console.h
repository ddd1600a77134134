// stdout, stderr and the terminal. Results go to stdout, everything else to stderr. A closed or
// full stdout is remembered and never stops a send.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace tocsin {

class Console {
  public:
    Console();

    void out(std::string_view text);
    void err(std::string_view text);
    // Findings in the order of their places, a count of those left out, and a summary line, to
    // stderr.
    void print(const Findings& findings);

    // One line on the terminal that replaces itself; nothing where stderr is no terminal or after
    // -q.
    void progress(std::string_view text);
    void end_progress();

    // Someone sits at the terminal: questions can be asked.
    bool interactive() const { return interactive_; }
    // Asks a yes-or-no question; only "y" and "yes" are yes. Not to be called unless interactive().
    bool confirm(std::string_view question);

    void set_quiet(bool quiet) { quiet_ = quiet; }
    bool quiet() const { return quiet_; }

  private:
    bool interactive_;
    bool terminal_err_;
    bool colour_err_;
    bool quiet_ = false;
    bool progress_shown_ = false;
};

}  // namespace tocsin
