#include "campaign/smtp_login_reader.h"

#include "campaign/inside.h"
#include "campaign/secret_source.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

using Auth = SmtpSettings::Auth;

Auth read_auth(const Map& map) {
    auto node = map.find("auth");
    auto method = node ? node->one_of(kAuthMethods) : std::nullopt;
    if (method == "plain") return Auth::kPlain;
    if (method == "login") return Auth::kLogin;
    if (method == "xoauth2") return Auth::kXoauth2;
    if (method == "external") return Auth::kExternal;
    return Auth::kBest;
}

// It holds a key, so that it need not be on every machine: it is looked for when it is needed.
fs::path read_certificate(const Node& node, const fs::path& root) {
    auto written = node.line();
    if (written && fs::path(written->text).is_absolute()) return written->text;
    auto inside = written ? read_path(node, workspace_fence(root)) : std::nullopt;
    return inside ? root / inside->text : fs::path();
}

class LoginCheck {
  public:
    LoginCheck(const Map& map, const SmtpSettings& smtp) : map_(map), smtp_(smtp) {}

    void run() const {
        if (smtp_.auth == Auth::kExternal) {
            check_external();
        } else if (has("username") != has("password")) {
            report(has("username") ? "username" : "password", "incomplete-login",
                   has("username") ? "`username` needs a `password`"
                                   : "`password` needs a `username`");
        } else if (smtp_.auth != Auth::kBest && !has("username")) {
            report("auth", "incomplete-login", "`auth` needs `username` and `password`");
        }
        if (has("client_certificate") && smtp_.tls == SmtpSettings::Tls::kNone) {
            report("client_certificate", "certificate-without-tls",
                   "`client_certificate` is of no use with `tls: none`");
        }
    }

  private:
    bool has(const char* key) const { return map_.node().yaml().find(key) != nullptr; }

    void report(const char* key, const char* id, const char* message) const {
        if (auto node = map_.find(key)) node->error_at(node->key_place(), id, message);
    }

    void check_external() const {
        if (!has("client_certificate")) {
            report("auth", "incomplete-login", "`auth: external` needs a `client_certificate`");
        }
        if (has("password")) {
            report("password", "needless-password",
                   "`auth: external` takes no `password`: the certificate says who we are");
        }
    }

    const Map& map_;
    const SmtpSettings& smtp_;
};

}  // namespace

void read_smtp_login(const Map& transport, const fs::path& root, SmtpSettings& smtp) {
    if (auto node = transport.find("username")) {
        if (auto name = node->line()) smtp.username = name->text;
    }
    if (auto node = transport.find("password")) smtp.password = read_secret_source(*node, root);
    if (auto node = transport.find("client_certificate")) {
        smtp.client_certificate = read_certificate(*node, root);
    }
    smtp.auth = read_auth(transport);
    LoginCheck(transport, smtp).run();
}

}  // namespace tocsin
