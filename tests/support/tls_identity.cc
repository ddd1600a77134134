#include "support/tls_identity.h"

#include <cstdio>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>

namespace tocsin::test {
namespace {

struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

File create(const std::filesystem::path& path) {
    File file(std::fopen(path.c_str(), "w"));
    if (!file) throw std::runtime_error("cannot write " + path.string());
    return file;
}

}  // namespace

TlsIdentity::TlsIdentity(const std::string& names)
    : key_(EVP_EC_gen("P-256")), certificate_(X509_new()), context_(SSL_CTX_new(TLS_method())) {
    X509* x = certificate_.get();
    X509_set_version(x, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
    X509_gmtime_adj(X509_getm_notBefore(x), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x), 3600);
    X509_set_pubkey(x, key_.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("test server"), -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(x));
    set_names(names);
    X509_sign(x, key_.get(), EVP_sha256());
    if (SSL_CTX_use_certificate(context_.get(), x) != 1 ||
        SSL_CTX_use_PrivateKey(context_.get(), key_.get()) != 1) {
        throw std::runtime_error("cannot make a test certificate");
    }
}

void TlsIdentity::set_names(const std::string& names) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate_.get(), certificate_.get(), nullptr, nullptr, 0);
    auto add = [&](int id, const std::string& value) {
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str());
        X509_add_ext(certificate_.get(), extension, -1);
        X509_EXTENSION_free(extension);
    };
    add(NID_subject_alt_name, names);
    add(NID_basic_constraints, "critical,CA:TRUE");
}

void TlsIdentity::write_certificate(const std::filesystem::path& path) const {
    File file = create(path);
    PEM_write_X509(file.get(), certificate_.get());
}

void TlsIdentity::write_both(const std::filesystem::path& path,
                             const std::string& passphrase) const {
    write_certificate(path);
    std::filesystem::permissions(path, std::filesystem::perms(0600));
    File file = create(path);
    PEM_write_X509(file.get(), certificate_.get());
    auto* words = reinterpret_cast<const unsigned char*>(passphrase.data());
    PEM_write_PrivateKey(file.get(), key_.get(), passphrase.empty() ? nullptr : EVP_aes_128_cbc(),
                         words, static_cast<int>(passphrase.size()), nullptr, nullptr);
}

void TlsIdentity::ask_clients_for(const TlsIdentity& client) {
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), client.certificate_.get());
}

}  // namespace tocsin::test
