#include "cli/progress.h"

#include <cstdlib>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr Milliseconds kBetweenDrawings{100};
constexpr std::chrono::minutes kBetweenLines{1};

// As the C library reads it, without changing the program's locale.
bool utf8_locale() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        std::string locale = ascii_lower(value);
        return locale.find("utf-8") != locale.npos || locale.find("utf8") != locale.npos;
    }
    return false;
}

}  // namespace

Progress::Progress(Console& console, const Clock& clock)
    : console_(console),
      clock_(clock),
      due_(clock.since_boot() +
           (console.has_progress_line() ? Milliseconds(0) : Milliseconds(kBetweenLines))) {}

Progress::~Progress() {
    console_.end_progress();
}

void Progress::show(const std::string& label, const ProgressCounts& counts) {
    if (console_.quiet()) return;
    Milliseconds now = clock_.since_boot();
    meter_.add(now, counts.answered());
    if (now < due_) return;
    if (console_.has_progress_line()) {
        due_ = now + kBetweenDrawings;
        ProgressStyle style{console_.width(), utf8_locale()};
        console_.progress(progress_bar(label, counts, meter_.per_second(), style));
    } else {
        due_ = now + kBetweenLines;
        console_.err(iso8601(clock_.now()) + " " +
                     progress_report(label, counts, meter_.per_second()) + "\n");
    }
}

}  // namespace tocsin
