#include "cli/console.h"

#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <unistd.h>

#include "base/text.h"

namespace tocsin {
namespace {

// Written by hand rather than through a stream: a send must go on when the reader of a pipe has
// gone (SIGPIPE is ignored in run.cc) and nothing may be buffered when the process is killed.
void write_fully(int fd, std::string_view text) {
    while (!text.empty()) {
        ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

bool colour_wanted() {
    const char* no_colour = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    bool dumb = term == nullptr || std::string_view(term) == "dumb";
    return (no_colour == nullptr || *no_colour == '\0') && !dumb;
}

}  // namespace

Console::Console()
    : interactive_(::isatty(STDIN_FILENO) && ::isatty(STDERR_FILENO)),
      terminal_err_(::isatty(STDERR_FILENO)),
      colour_err_(terminal_err_ && colour_wanted()) {}

void Console::out(std::string_view text) {
    write_fully(STDOUT_FILENO, text);
}

void Console::err(std::string_view text) {
    end_progress();
    write_fully(STDERR_FILENO, text);
}

void Console::print(const Findings& findings) {
    Findings sorted = findings;
    sorted.sort();
    std::string text;
    for (const Finding& finding : sorted.all()) text += format(finding, colour_err_);
    if (sorted.left_out() > 0) text += "… and " + counted(sorted.left_out(), "more finding") + "\n";
    err(text);
}

void Console::progress(std::string_view text) {
    if (!terminal_err_ || quiet_) return;
    write_fully(STDERR_FILENO, "\r\033[K" + std::string(text));
    progress_shown_ = true;
}

void Console::end_progress() {
    if (!progress_shown_) return;
    progress_shown_ = false;
    write_fully(STDERR_FILENO, "\r\033[K");
}

bool Console::confirm(std::string_view question) {
    err(std::string(question) + " [y/N] ");
    std::string answer;
    if (!std::getline(std::cin, answer)) return false;
    std::string given = ascii_lower(trim(answer));
    return given == "y" || given == "yes";
}

}  // namespace tocsin
