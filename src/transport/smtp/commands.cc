#include "transport/smtp/commands.h"

namespace tocsin {
namespace {

bool needs_smtputf8(const Envelope& envelope) {
    return envelope.from.needs_smtputf8() || envelope.to.needs_smtputf8();
}

}  // namespace

std::string mail_command(const Message& message, const Capabilities& capabilities) {
    std::string command = "MAIL FROM:<" + message.envelope.from.wire() + ">";
    if (capabilities.size) command += " SIZE=" + std::to_string(message.bytes.size());
    if (message.eight_bit) command += " BODY=8BITMIME";
    if (needs_smtputf8(message.envelope)) command += " SMTPUTF8";
    return command + "\r\n";
}

std::string rcpt_command(const Message& message) {
    return "RCPT TO:<" + message.envelope.to.wire() + ">\r\n";
}

std::string missing_extension(const Message& message, const Capabilities& capabilities) {
    if (needs_smtputf8(message.envelope) && !capabilities.smtputf8) {
        return "the server does not offer SMTPUTF8, which an address with a local part beyond "
               "ASCII needs";
    }
    if (message.eight_bit && !capabilities.eight_bit_mime) {
        return "the server does not offer 8BITMIME, which this message needs";
    }
    return "";
}

}  // namespace tocsin
