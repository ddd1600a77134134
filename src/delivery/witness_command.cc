#include "delivery/witness_command.h"

#include <system_error>

#include "base/program.h"
#include "base/text.h"
#include "delivery/witness_number.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostShown = 200;

[[noreturn]] void fail(const std::string& why) {
    throw LedgerError("the witness does not answer: " + why,
                      "nothing is sent without it: see to the command of `witness:`, or take the "
                      "key out of tocsin.yaml (docs/ledger.md)");
}

// The first line, for people.
std::string in_brackets(const std::string& text) {
    std::string line = printable(text.substr(0, std::min(text.find('\n'), kMostShown)));
    return line.empty() ? "" : " (" + line + ")";
}

void demand_success(const ProgramRun& run, Milliseconds limit) {
    switch (run.end) {
        case ProgramRun::End::kMissing:
            fail("there is no /bin/sh");
        case ProgramRun::End::kTimeout:
            fail("its command was stopped after " + std::to_string(limit.count() / 1000) +
                 " seconds" + in_brackets(run.said));
        case ProgramRun::End::kTooMuch:
            fail("its command prints more than one line");
        case ProgramRun::End::kDone:
            break;
    }
    if (run.status == 0) return;
    fail("its command ended with " + std::to_string(run.status) + in_brackets(run.said));
}

std::string first_and_only_line(const std::string& out) {
    std::string line = out.ends_with('\n') ? out.substr(0, out.size() - 1) : out;
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

}  // namespace

std::int64_t WitnessCommand::tell(const std::string& ledger, std::int64_t number, bool) try {
    constexpr std::size_t kMost = 4096;
    ProgramRun run =
        run_program({"/bin/sh", "-c", command_}, ledger + " " + std::to_string(number) + "\n",
                    {.timeout = limit_, .most = kMost, .folder = folder_});
    demand_success(run, limit_);
    auto highest = witness_number(first_and_only_line(run.out));
    if (!highest) fail("its command printed no number" + in_brackets(run.out));
    if (*highest < number) {
        fail("it was told " + std::to_string(number) + " and answers " + std::to_string(*highest));
    }
    return *highest;
} catch (const std::system_error& fault) {
    fail(fault.what());
}

}  // namespace tocsin
