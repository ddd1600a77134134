// A whole mail that anybody may have sent to the return path: whatever it holds, the report is of
// a form that others can rely on.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "inbound/report.h"

using namespace tocsin;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

void check_line(const std::string& line, std::size_t most) {
    demand(line.size() <= most && !invalid_utf8(line) && !has_control(line));
}

void check_evidence(const std::vector<std::string>& list) {
    demand(list.size() <= 20);
    for (const std::string& value : list) check_line(value, 8192);
}

bool is_token(const std::string& text) {
    return text.size() == 52 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
           });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Report report = recognise({reinterpret_cast<const char*>(data), size});
    check_line(report.text, 1000);
    check_line(report.recipient, 320);
    check_line(report.status, 11);
    check_evidence(report.return_paths);
    check_evidence(report.message_ids);
    check_evidence(report.replied_ids);
    check_evidence(report.tokens);
    demand(std::all_of(report.tokens.begin(), report.tokens.end(), is_token));
    const bool failed = report.kind == FeedbackKind::kBounce || report.kind == FeedbackKind::kDelay;
    demand(failed == (report.bounce != BounceClass::kNone));
    demand(report.kind != FeedbackKind::kDelay || report.bounce != BounceClass::kHard);
    return 0;
}
