#include "mail/dkim_record.h"

#include <memory>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <optional>

#include "base/text.h"
#include "mail/base64.h"
#include "mail/tag_list.h"

namespace tocsin {
namespace {

constexpr std::size_t kEd25519Bytes = 32;

struct Closer {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, Closer>;
using Tags = std::map<std::string, std::string>;

std::string tag(const Tags& tags, const std::string& name, const std::string& otherwise = "") {
    auto found = tags.find(name);
    return found == tags.end() ? otherwise : found->second;
}

// "sha1 : sha256" has "sha256".
bool lists(std::string_view values, std::string_view wanted) {
    while (!values.empty()) {
        const std::size_t end = values.find(':');
        if (ascii_iequals(trim(values.substr(0, end)), wanted)) return true;
        values.remove_prefix(end == values.npos ? values.size() : end + 1);
    }
    return false;
}

std::string without_blanks(const std::string& text) {
    std::string result;
    for (char c : text) {
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n') result += c;
    }
    return result;
}

// Most write a SubjectPublicKeyInfo; the RFC's text says RSAPublicKey, and receivers take both.
Key rsa_key(const std::string& der) {
    const auto* start = reinterpret_cast<const unsigned char*>(der.data());
    const unsigned char* at = start;
    const long size = static_cast<long>(der.size());
    Key key(d2i_PUBKEY(nullptr, &at, size));
    at = start;
    if (!key) key.reset(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, size));
    ERR_clear_error();
    return key && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA ? std::move(key) : nullptr;
}

std::string spki_of(EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key, &der);
    std::string bytes(reinterpret_cast<char*>(der), size > 0 ? static_cast<std::size_t>(size) : 0);
    OPENSSL_free(der);
    return bytes;
}

std::variant<DkimRecord, std::string> with_key(DkimRecord record, const std::string& bytes) {
    if (record.kind == DkimRecord::Kind::kEd25519) {
        if (bytes.size() != kEd25519Bytes) return "its `p=` is no Ed25519 key";
        record.public_key = bytes;
        record.bits = 256;
        return record;
    }
    Key key = rsa_key(bytes);
    if (!key) return "its `p=` is no RSA key";
    record.public_key = spki_of(key.get());
    record.bits = EVP_PKEY_get_bits(key.get());
    return record;
}

std::optional<std::string> fault_of(const Tags& tags) {
    if (tag(tags, "v", "DKIM1") != "DKIM1") return "its `v=` is not DKIM1";
    if (!tags.contains("p")) return "it has no `p=`, which is the key";
    if (tags.contains("h") && !lists(tag(tags, "h"), "sha256")) return "its `h=` forbids sha256";
    const std::string service = tag(tags, "s", "*");
    if (!lists(service, "*") && !lists(service, "email")) return "its `s=` is not for mail";
    const std::string kind = tag(tags, "k", "rsa");
    if (kind != "rsa" && kind != "ed25519") return "its `k=` is neither rsa nor ed25519";
    return std::nullopt;
}

}  // namespace

std::variant<DkimRecord, std::string> parse_dkim_record(std::string_view text) {
    auto tags = parse_tag_list(text);
    if (!tags) return "it is no list of the form `v=DKIM1; k=rsa; p=…`";
    if (auto fault = fault_of(*tags)) return *fault;
    DkimRecord record;
    if (tag(*tags, "k") == "ed25519") record.kind = DkimRecord::Kind::kEd25519;
    record.testing = lists(tag(*tags, "t"), "y");
    const std::string key = without_blanks(tag(*tags, "p"));
    record.revoked = key.empty();
    if (record.revoked) return record;
    auto bytes = from_base64(key);
    if (!bytes) return "its `p=` is no base64";
    return with_key(std::move(record), *bytes);
}

}  // namespace tocsin
