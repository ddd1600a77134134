// Whatever bytes a message has: signing gives one well-formed field, its body hash is that of a
// canonical form computed here byte by byte, and nothing that the relaxed form ignores changes it.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "mail/base64.h"
#include "mail/digest.h"
#include "mail/dkim.h"
#include "mail/dkim_canon.h"
#include "mail/dkim_headers.h"
#include "support/dkim_keys.h"

using namespace tocsin;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

const DkimSigner& signer() {
    static const DkimSigner made = [] {
        auto identity = DkimIdentity::make("harbour.example", "2026", test::rsa_pem());
        std::vector<DkimIdentity> identities;
        identities.push_back(std::move(std::get<DkimIdentity>(identity)));
        auto signer = DkimSigner::make(std::move(identities));
        return std::move(std::get<DkimSigner>(signer));
    }();
    return made;
}

// RFC 6376 section 3.4.4, a rule at a time.
std::string plain_relaxed_body(std::string_view body) {
    std::string out;
    for (char c : body) {
        if (c == '\t') c = ' ';
        if (c == ' ' && out.ends_with(' ')) continue;
        if (c == '\n' && out.ends_with(" \r")) out.erase(out.size() - 2, 1);
        out += c;
    }
    if (out.ends_with(' ')) out.pop_back();
    if (!out.empty() && !out.ends_with("\r\n")) out += "\r\n";
    while (out.ends_with("\r\n\r\n")) out.resize(out.size() - 2);
    return out == "\r\n" ? "" : out;
}

void check_field(const std::string& field) {
    demand(field.starts_with("DKIM-Signature: v=1; ") && field.ends_with("\r\n"));
    std::string_view rest = field;
    for (bool first = true; !rest.empty(); first = false) {
        auto line = rest.substr(0, rest.find("\r\n"));
        demand(line.size() <= 78 && (first || line.front() == ' '));
        for (char c : line) demand(c >= ' ' && c <= '~');
        demand(line.find_first_not_of(' ') != line.npos);
        rest.remove_prefix(line.size() + 2);
    }
}

// Relays may do this to a message.
std::string in_other_blanks(std::string_view text) {
    std::string out;
    for (char c : text) out += c == ' ' ? std::string("\t ") : std::string(1, c);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view message(reinterpret_cast<const char*>(data), size);
    auto [header, body] = split_message(message);
    std::string relaxed = relaxed_body(body);
    demand(relaxed == plain_relaxed_body(body));
    demand(relaxed == relaxed_body(relaxed));
    demand(relaxed == relaxed_body(in_other_blanks(body)));

    std::string field = signer().sign(message, {});
    check_field(field);
    std::string hash;
    append_base64(hash, sha256(relaxed));
    demand(field.find("bh=" + hash + ";") != field.npos);
    return 0;
}
