// Whatever stands in a mail log: only a line of a known form counts, and a mail is taken at most
// once.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "delivery/relay_log/relay_log.h"

using namespace tocsin;

namespace {

const WallTime kNow{std::chrono::milliseconds(1'795'500'000'000)};

void demand(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    RelayLogs logs({{{"id0abcdefghijklmnop@harbour.example"}, "ann@one.example", kNow}}, kNow);
    while (!rest.empty()) {
        std::string_view line = rest.substr(0, rest.find('\n'));
        logs.read_line(line);
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    logs.end_file();
    const RelayTrace& trace = logs.traces().at(0);
    demand(!(trace.taken && trace.queue_id.empty()));
    demand(trace.taken == !trace.evidence().empty());
    return 0;
}
