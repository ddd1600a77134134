#include "mail/dkim.h"

#include <algorithm>
#include <chrono>

#include "mail/base64.h"
#include "mail/digest.h"
#include "mail/dkim_canon.h"
#include "mail/dkim_headers.h"
#include "mail/header.h"

namespace tocsin {
namespace {

using Fault = SigningKey::Fault;

// What all signatures of one message share.
struct SignedMessage {
    SignedHeaders headers;
    std::string body_hash;  // base64
    long long seconds;      // since 1970
};

bool is_rsa(const DkimIdentity& identity) {
    return identity.key.kind() == SigningKey::Kind::kRsa;
}

std::string base64(std::string_view bytes) {
    std::string text;
    append_base64(text, bytes);
    return text;
}

SignedMessage prepare(std::string_view message, WallTime date) {
    auto [header, body] = split_message(message);
    auto seconds = std::chrono::floor<std::chrono::seconds>(date.time_since_epoch()).count();
    return {signed_headers(header), base64(sha256(relaxed_body(body))), seconds};
}

// The field's value up to `b=`, section 3.5. One blank wherever a line may be folded, so that this
// is its relaxed form, too.
std::string unsigned_value(const DkimIdentity& identity, const SignedMessage& message) {
    return std::string("v=1; a=") + (is_rsa(identity) ? "rsa-sha256" : "ed25519-sha256") +
           "; c=relaxed/relaxed; d=" + identity.domain + "; s=" + identity.selector +
           "; t=" + std::to_string(message.seconds) + "; bh=" + message.body_hash +
           "; h=" + message.headers.names + "; b=";
}

// Blanks inside base64 are ignored (section 3.5), and let the line be folded.
void append_signature_text(std::string& value, std::string_view signature) {
    constexpr std::size_t kPerLine = 72;
    std::string text = base64(signature);
    for (std::size_t i = 0; i < text.size(); i += kPerLine) {
        if (i > 0) value += ' ';
        value.append(text, i, kPerLine);
    }
}

void append_signature(std::string& out, const DkimIdentity& identity,
                      const SignedMessage& message) {
    std::string value = unsigned_value(identity, message);
    std::string hash = sha256(message.headers.relaxed + "dkim-signature:" + value);
    append_signature_text(value, identity.key.sign(hash));
    append_header(out, "DKIM-Signature", value);
}

bool share_a_record(const DkimIdentity& a, const DkimIdentity& b) {
    return a.domain == b.domain && a.selector == b.selector;
}

}  // namespace

DkimSigner::DkimSigner(std::vector<DkimIdentity> identities) : identities_(std::move(identities)) {}

std::variant<DkimSigner, Fault> DkimSigner::make(std::vector<DkimIdentity> identities) {
    for (auto one = identities.begin(); one != identities.end(); ++one) {
        auto same = [&](const DkimIdentity& other) { return share_a_record(*one, other); };
        if (std::any_of(one + 1, identities.end(), same)) {
            return Fault{"two DKIM keys have the selector `" + one->selector + "` of " +
                             one->domain + ", and a record holds one key",
                         "give each key a selector of its own"};
        }
    }
    if (!identities.empty() && std::none_of(identities.begin(), identities.end(), is_rsa)) {
        return Fault{"the DKIM keys are Ed25519 only, which many receivers cannot verify",
                     "add an RSA key with another selector"};
    }
    return DkimSigner(std::move(identities));
}

std::string DkimSigner::sign(std::string_view message, WallTime date) const {
    std::string fields;
    if (identities_.empty()) return fields;
    SignedMessage prepared = prepare(message, date);
    for (const auto& identity : identities_) append_signature(fields, identity, prepared);
    return fields;
}

bool DkimSigner::covers(std::string_view from_domain) const {
    return std::any_of(identities_.begin(), identities_.end(), [&](const DkimIdentity& identity) {
        return is_rsa(identity) && is_aligned(identity.domain, from_domain);
    });
}

}  // namespace tocsin
