#include "transport/smtp/commands.h"

#include "base/text.h"

namespace tocsin {
namespace {

bool needs_smtputf8(const Envelope& envelope) {
    return envelope.from.needs_smtputf8() || envelope.to.needs_smtputf8();
}

// RFC 3461 section 4: printable ASCII but for `+` and `=`, everything else as +XX.
std::string xtext(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        if (byte > 32 && byte < 127 && c != '+' && c != '=') {
            out += c;
        } else {
            out += {'+', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return out;
}

}  // namespace

std::string mail_command(const Message& message, const Capabilities& capabilities) {
    std::string command = "MAIL FROM:<" + message.envelope.from.wire() + ">";
    if (capabilities.size) command += " SIZE=" + std::to_string(message.bytes.size());
    if (message.eight_bit) command += " BODY=8BITMIME";
    if (needs_smtputf8(message.envelope)) command += " SMTPUTF8";
    // Bounces need not carry our mail back, and name it by its Message-ID (at most 100 characters).
    constexpr std::size_t kMostId = 100;
    if (capabilities.dsn) {
        command += " RET=HDRS";
        std::string id = xtext(message.message_id);
        if (!id.empty() && id.size() <= kMostId) command += " ENVID=" + id;
    }
    return command + "\r\n";
}

// Only failures are of interest; a report of a delay would be one more mail about nothing final.
std::string rcpt_command(const Message& message, const Capabilities& capabilities) {
    const Mailbox& to = message.envelope.to;
    std::string command = "RCPT TO:<" + to.wire() + ">";
    if (capabilities.dsn) {
        command += " NOTIFY=FAILURE";
        // RFC 6533 has an address type of its own for what is not ASCII.
        if (!to.needs_smtputf8()) command += " ORCPT=rfc822;" + xtext(to.wire());
    }
    return command + "\r\n";
}

std::string missing_extension(const Message& message, const Capabilities& capabilities) {
    if (needs_smtputf8(message.envelope) && !capabilities.smtputf8) {
        return "the server does not offer SMTPUTF8, which an address with a local part beyond "
               "ASCII needs";
    }
    if (message.eight_bit && !capabilities.eight_bit_mime) {
        return "the server does not offer 8BITMIME, which this message needs";
    }
    if (capabilities.most_bytes != 0 && message.bytes.size() > capabilities.most_bytes) {
        return "the message has " + grouped(message.bytes.size()) +
               " bytes, and the server takes at most " + grouped(capabilities.most_bytes);
    }
    return "";
}

}  // namespace tocsin
