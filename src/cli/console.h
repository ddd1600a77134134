// stdout, stderr and the terminal. Results go to stdout, everything else to stderr. A closed or
// full stdout is remembered and never stops a send.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/error.h"

namespace tocsin {

class Console {
  public:
    Console();

    void out(std::string_view text);
    void err(std::string_view text);
    // Findings in the order of their places, a count of those left out, and a summary line, to
    // stderr.
    void print(const Findings& findings);
    // What went wrong, and what to do.
    void print(const Error& error);
    // The same of what is nobody's fault but ours.
    void print_fault(const std::exception& fault);

    // stderr is a terminal that can take a line back.
    bool has_progress_line() const { return progress_line_; }
    // Its columns at this moment; 80 where it does not say.
    std::size_t width() const;
    // One line on that terminal that replaces itself, until `end_progress` or any other output,
    // the log's too, takes it away. Nothing where there is no such line.
    void progress(std::string_view text);
    void end_progress();

    // stdout is a terminal that shows colours, and nobody refused them.
    bool colour() const { return colour_out_; }

    // Someone sits at the terminal: questions can be asked.
    bool interactive() const { return interactive_; }
    // Asks a yes-or-no question; only "y" and "yes" are yes. Not to be called unless interactive().
    bool confirm(std::string_view question);

    void set_quiet(bool quiet) { quiet_ = quiet; }
    bool quiet() const { return quiet_; }

    // From here on what would go to stderr is appended to these two instead, till they are null
    // again. For who runs every minute and says a thing once.
    void keep_errors(std::string* kept, std::string* warnings) {
        kept_ = kept;
        kept_warnings_ = warnings;
    }
    // What went well all the same, but should not stay so.
    void warn(std::string_view text, std::string_view hint);
    // To stderr all the same: what is said once by itself.
    void alert(std::string_view text);

  private:
    std::string* kept_ = nullptr;
    std::string* kept_warnings_ = nullptr;
    bool interactive_;
    bool progress_line_;
    bool colour_err_;
    bool colour_out_;
    bool quiet_ = false;
    bool progress_shown_ = false;
};

}  // namespace tocsin
