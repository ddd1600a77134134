#include <optional>

#include "base/text.h"
#include "mail/address.h"
#include "mail/unicode.h"

namespace tocsin {
namespace {

using Fault = Mailbox::Fault;

constexpr std::size_t kMostInput = 1000;

// The name without its quotation marks and backslashes, if it has any (RFC 5322 quoted-string).
std::variant<std::string, Fault> unquoted(std::string_view name) {
    if (!name.starts_with('"')) return std::string(name);
    std::string result;
    for (std::size_t i = 1; i < name.size(); ++i) {
        if (name[i] == '"') {
            if (i + 1 != name.size()) return Fault{"text follows the closing quote of the name"};
            return result;
        }
        if (name[i] == '\\' && i + 1 < name.size()) ++i;
        result += name[i];
    }
    return Fault{"the quote before the name is never closed"};
}

std::optional<Fault> text_fault(std::string_view text) {
    if (text.size() > kMostInput) return Fault{"it is longer than 1,000 bytes"};
    if (invalid_utf8(text)) return Fault{"it is not UTF-8"};
    if (has_control(text)) return Fault{"it holds a control character, such as a tab or line end"};
    return std::nullopt;
}

}  // namespace

std::variant<NamedMailbox, Fault> NamedMailbox::parse(std::string_view text) {
    if (auto fault = text_fault(text)) return *fault;
    text = trim(text);
    std::string_view name;
    std::string_view address = text;
    if (auto open = text.rfind('<'); open != text.npos) {
        if (!text.ends_with('>')) return Fault{"the `<` before the address is never closed by `>`"};
        name = trim(text.substr(0, open));
        address = text.substr(open + 1, text.size() - open - 2);
    }
    auto plain_name = unquoted(name);
    if (auto* fault = std::get_if<Fault>(&plain_name)) return *fault;
    auto mailbox = Mailbox::parse(address);
    if (auto* fault = std::get_if<Fault>(&mailbox)) return *fault;
    return NamedMailbox{std::move(std::get<std::string>(plain_name)),
                        std::move(std::get<Mailbox>(mailbox))};
}

std::string NamedMailbox::shown() const {
    const std::string& written = address.written();
    return name.empty() ? written : name + " <" + written + ">";
}

}  // namespace tocsin
