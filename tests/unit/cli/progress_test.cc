#include "cli/progress.h"

#include <cstdio>
#include <doctest/doctest.h>
#include <unistd.h>

#include "base/log.h"

using namespace tocsin;
using std::chrono::seconds;

namespace {

// stderr goes to a file, which is no terminal.
class CapturedStderr {
  public:
    CapturedStderr() : saved_(::dup(STDERR_FILENO)), file_(std::tmpfile()) {
        ::dup2(::fileno(file_), STDERR_FILENO);
    }
    ~CapturedStderr() {
        ::dup2(saved_, STDERR_FILENO);
        ::close(saved_);
        std::fclose(file_);
    }
    std::string text() const {
        std::string text(4096, '\0');
        ssize_t size = ::pread(::fileno(file_), text.data(), text.size(), 0);
        text.resize(static_cast<std::size_t>(size));
        return text;
    }

  private:
    int saved_;
    std::FILE* file_;
};

// Shown ten times a second, ten mails a second.
std::string shown_for(seconds time, bool quiet) {
    CapturedStderr captured;
    Console console;
    console.set_quiet(quiet);
    ManualClock clock{*parse_iso8601("2026-11-23T19:00:00Z")};
    Progress progress(console, clock);
    ProgressCounts counts{.total = 6000};
    for (Milliseconds passed{}; passed <= time; passed += Milliseconds(100)) {
        progress.show("alert", counts);
        clock.advance(Milliseconds(100));
        ++counts.settled;
    }
    return captured.text();
}

}  // namespace

TEST_CASE("a short run says nothing where there is no terminal") {
    CHECK(shown_for(seconds(59), false) == "");
}

TEST_CASE("a long one says one line a minute where there is no terminal") {
    CHECK(shown_for(seconds(150), false) ==
          "2026-11-23T19:01:00Z alert: 600 of 6,000, 10/s, 9 min left\n"
          "2026-11-23T19:02:00Z alert: 1,200 of 6,000, 10/s, 8 min left\n");
}

TEST_CASE("a quiet one says nothing at all") {
    CHECK(shown_for(seconds(150), true) == "");
}

TEST_CASE("a log line takes the line of a terminal away") {
    CapturedStderr captured;
    set_log_line_start("\r\033[K");
    log_warning("slow");
    set_log_line_start("");
    log_warning("slower");
    std::string text = captured.text();
    CHECK(text.starts_with("\r\033[K2"));
    CHECK(text.find("\033", 2) == text.npos);
    CHECK(text.ends_with("slower\n"));
}
