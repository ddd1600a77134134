#include "transport/smtp/capabilities.h"

#include "base/text.h"

namespace tocsin {

Capabilities read_capabilities(std::span<const std::string> lines) {
    Capabilities found;
    for (const std::string& line : lines.subspan(lines.empty() ? 0 : 1)) {
        // Old servers write "AUTH=LOGIN".
        std::string_view keyword = std::string_view(line).substr(0, line.find_first_of(" ="));
        if (ascii_iequals(keyword, "SIZE")) found.size = true;
        if (ascii_iequals(keyword, "8BITMIME")) found.eight_bit_mime = true;
        if (ascii_iequals(keyword, "SMTPUTF8")) found.smtputf8 = true;
        if (ascii_iequals(keyword, "AUTH")) found.auth = true;
    }
    return found;
}

}  // namespace tocsin
