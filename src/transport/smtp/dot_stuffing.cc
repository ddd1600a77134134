#include "transport/smtp/dot_stuffing.h"

namespace tocsin {

std::string dot_stuffed(std::string_view message) {
    std::string out;
    out.reserve(message.size() + 64);
    if (message.starts_with('.')) out += '.';
    for (;;) {
        auto found = message.find("\r\n.");
        out += message.substr(0, found);
        if (found == message.npos) break;
        out += "\r\n..";
        message.remove_prefix(found + 3);
    }
    if (!out.ends_with("\r\n")) out += "\r\n";
    return out;
}

}  // namespace tocsin
