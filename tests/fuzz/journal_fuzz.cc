// Lines of a journal and the first line of a pull, as a disk or a server may give them; and any
// source, which must come back from a line as it was written.
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "unsubscribe/journal_record.h"
#include "unsubscribe/pull_protocol.h"

using namespace tocsin;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

void check_line(std::string_view text) {
    if (auto record = parse_record(text)) demand(write_record(*record) == std::string(text) + "\n");
    if (auto head = pull::parse_head(text)) demand(pull::parse_head(text)->last == head->last);
}

void check_source(std::string_view text) {
    JournalRecord record{text.size(), WallTime(Milliseconds(text.empty() ? 0 : text[0])),
                         static_cast<Choice>(text.size() % 5), std::string(text), "token"};
    std::string line = write_record(record);
    demand(line.find('\n') == line.size() - 1);
    line.pop_back();
    auto read = parse_record(line);
    demand(read && read->number == record.number && read->time == record.time &&
           read->choice == record.choice && read->token == record.token &&
           read->source == printable(record.source.substr(0, 64)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    check_line(text);
    check_source(text);
    return 0;
}
