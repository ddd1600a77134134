#include "cli/console.h"

#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <set>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "model/lint.h"

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

// A terminal that obeys escape sequences.
bool clever_terminal(int descriptor) {
    const char* term = std::getenv("TERM");
    return ::isatty(descriptor) && term != nullptr && std::string_view(term) != "dumb";
}

bool colour_refused() {
    const char* no_colour = std::getenv("NO_COLOR");
    return no_colour != nullptr && *no_colour != '\0';
}

constexpr char kEraseLine[] = "\r\033[K";

}  // namespace

Console::Console()
    : interactive_(::isatty(STDIN_FILENO) && ::isatty(STDERR_FILENO)),
      progress_line_(clever_terminal(STDERR_FILENO)),
      colour_err_(progress_line_ && !colour_refused()),
      colour_out_(clever_terminal(STDOUT_FILENO) && !colour_refused()) {}

void Console::out(std::string_view text) {
    end_progress();
    write_fully(STDOUT_FILENO, text);
}

void Console::err(std::string_view text) {
    end_progress();
    if (kept_ != nullptr) {
        kept_->append(text);
    } else {
        write_fully(STDERR_FILENO, text);
    }
}

void Console::warn(std::string_view text, std::string_view hint) {
    std::string warning = "warning: " + std::string(text) + "\n";
    if (!hint.empty()) warning += "  hint: " + std::string(hint) + "\n";
    if (kept_warnings_ != nullptr) {
        kept_warnings_->append(warning);
    } else {
        err(warning);
    }
}

void Console::alert(std::string_view text) {
    end_progress();
    write_fully(STDERR_FILENO, text);
}

void Console::print(const Findings& findings) {
    Findings sorted = findings;
    sorted.sort();
    std::string text;
    std::set<std::string_view> explained;  // why something matters is said once
    for (const Finding& finding : sorted.all()) {
        text += format(finding, colour_err_);
        const LintRule* rule = find_lint_rule(finding.id);
        if (rule != nullptr && explained.insert(rule->id).second) {
            text += "  why: " + std::string(rule->why) + "\n";
        }
    }
    if (sorted.left_out() > 0) text += "… and " + counted(sorted.left_out(), "more finding") + "\n";
    err(text);
}

void Console::print(const Error& error) {
    std::string text = "tocsin: " + std::string(error.what()) + "\n";
    if (!error.hint().empty()) text += "  hint: " + error.hint() + "\n";
    err(text);
}

void Console::print_fault(const std::exception& fault) {
    err("tocsin: a fault of this program: " + std::string(fault.what()) +
        "\n  hint: please report it with the command that you ran\n");
}

std::size_t Console::width() const {
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

void Console::progress(std::string_view text) {
    if (!progress_line_) return;
    if (!progress_shown_) set_log_line_start(kEraseLine);
    progress_shown_ = true;
    write_fully(STDERR_FILENO, kEraseLine + std::string(text));
}

void Console::end_progress() {
    if (!progress_shown_) return;
    progress_shown_ = false;
    set_log_line_start("");
    write_fully(STDERR_FILENO, kEraseLine);
}

bool Console::confirm(std::string_view question) {
    err(std::string(question) + " [y/N] ");
    std::string answer;
    if (!std::getline(std::cin, answer)) return false;
    std::string given = ascii_lower(trim(answer));
    return given == "y" || given == "yes";
}

}  // namespace tocsin
