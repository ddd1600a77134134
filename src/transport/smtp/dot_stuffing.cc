#include "transport/smtp/dot_stuffing.h"

namespace tocsin {

void append_dot_stuffed(WriteBuffer& out, std::string_view message) {
    const bool ended = message.ends_with("\r\n");
    if (message.starts_with('.')) out.append(".");
    for (;;) {
        auto found = message.find("\r\n.");
        out.append(message.substr(0, found));
        if (found == message.npos) break;
        out.append("\r\n..");
        message.remove_prefix(found + 3);
    }
    if (!ended) out.append("\r\n");
}

}  // namespace tocsin
