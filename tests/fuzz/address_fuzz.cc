// Whatever a list's cell or a campaign's `from` holds: an accepted address upholds the promises of
// mail/address.h.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "mail/address.h"

using namespace tocsin;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

bool is_unsafe(char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte == 0x7F || c == '<' || c == '>' || c == '"' || c == ',';
}

void check_mailbox(const Mailbox& mailbox) {
    const std::string wire = mailbox.wire();
    demand(std::none_of(wire.begin(), wire.end(), is_unsafe));
    demand(std::count(wire.begin(), wire.end(), '@') == 1);
    demand(wire.size() <= 254 && mailbox.local().size() <= 64 && mailbox.domain().size() <= 253);
    demand(!invalid_utf8(wire));
    for (char c : mailbox.domain()) demand(static_cast<unsigned char>(c) < 0x80);
    demand(mailbox.domain() == ascii_lower(mailbox.domain()));
    demand(mailbox.key() == ascii_lower(mailbox.key()));

    demand(Mailbox::from(wire).key() == mailbox.key());
    demand(Mailbox::from(wire).wire() == wire);
    demand(Mailbox::from(mailbox.key()).key() == mailbox.key());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    auto plain = Mailbox::parse(text);
    if (auto* mailbox = std::get_if<Mailbox>(&plain)) {
        demand(mailbox->written() == text);
        check_mailbox(*mailbox);
    } else {
        demand(!std::get<Mailbox::Fault>(plain).message.empty());
    }
    auto with_name = NamedMailbox::parse(text);
    if (auto* named = std::get_if<NamedMailbox>(&with_name)) {
        demand(!has_control(named->name) && !invalid_utf8(named->name));
        check_mailbox(named->address);
    } else {
        demand(std::holds_alternative<Mailbox::Fault>(plain));
    }
    return 0;
}
