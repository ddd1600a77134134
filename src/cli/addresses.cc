#include "cli/addresses.h"

#include "base/error.h"
#include "base/text.h"

namespace tocsin {

Mailbox parse_address(const std::string& given, const char* option) {
    auto parsed = Mailbox::parse(trim(given));
    if (const auto* fault = std::get_if<Mailbox::Fault>(&parsed)) {
        throw UsageError(std::string(option) + ": `" + printable(given) +
                         "` is no address: " + fault->message);
    }
    return std::get<Mailbox>(parsed);
}

std::vector<Mailbox> parse_addresses(const std::vector<std::string>& given, const char* option) {
    std::vector<Mailbox> out;
    for (const std::string& one : given) out.push_back(parse_address(one, option));
    return out;
}

}  // namespace tocsin
