// `tocsin.yaml` as read: the organisation, its transports, where the ledger and the secret are.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/diagnostic.h"
#include "calendar/zone.h"
#include "mail/address.h"
#include "model/limits.h"
#include "model/lint.h"
#include "model/page_texts.h"
#include "model/provider.h"
#include "model/secret_source.h"

namespace tocsin {

struct Organisation {
    std::string name;
    std::string postal_address;
    std::string website;
    std::string colour;
};

struct UnsubscribeSettings {
    std::string url;                // https, ends in `/`, the token is appended; or empty
    std::optional<Mailbox> mailto;  // the token becomes its plus-part
    // A send refuses where `url` does not answer, or does not know our key.
    bool require_live = false;
    // How often a send that goes on fetches what a `serve --standalone` recorded.
    Milliseconds pull_every = std::chrono::minutes(2);
};

// Where tocsin.yaml lacks something that mails need.
struct MissingSetting {
    Place place;          // of the nearest thing above it that is there
    std::string excerpt;  // the line there, secrets masked
};

struct MaildirSettings {
    std::filesystem::path path;  // absolute
};

struct SmtpSettings {
    enum class Tls { kRequired, kImplicit, kNone };
    enum class Auth { kBest, kPlain, kLogin, kXoauth2, kExternal };

    std::string host;
    int port = 587;
    Tls tls = Tls::kRequired;
    bool allow_plaintext = false;          // `tls: none` to a host that is not loopback
    std::string username;                  // empty: no AUTH, except for kExternal
    std::optional<SecretSource> password;  // for kXoauth2 the bearer token
    Auth auth = Auth::kBest;
    std::string ehlo;                          // empty: the sender's domain
    std::filesystem::path ca_file;             // absolute; empty: the system's
    std::filesystem::path client_certificate;  // PEM with certificate and key; absolute, or empty
    std::string source_address;                // an IP address of this host, or empty: any
    std::string proxy;  // socks5h://, socks5:// or http://host:port; or empty
    int connections = 10;
    int messages_per_connection = 100;
};

using TransportSettings = std::variant<MaildirSettings, SmtpSettings, ProviderSettings>;

struct DkimKey {
    std::string domain;
    std::string selector;
    SecretSource key;  // PEM, RSA or Ed25519
};

struct TransportDefinition {
    std::string name;
    Place place;
    TransportSettings settings;
    TransportLimits limits{};
    std::vector<DkimKey> dkim{};  // each signs every mail
};

// `schedule:` of tocsin.yaml: what campaigns that do not say it go by.
struct ScheduleDefaults {
    Zone zone{};
    bool names_zone = false;
    Milliseconds grace = std::chrono::hours(6);
};

// What somebody wants to be told of.
enum class NotifyEvent { kDone, kHeld, kPaused, kInDoubt };

struct NotifySettings {
    std::set<NotifyEvent> on{};
    std::string command{};  // of the shell; or empty
    std::optional<Mailbox> mail_to{};
    std::string transport{};  // of the mail: a name in `transports`
};

// Where a number is kept that tells an older copy of the ledger from the ledger.
struct WitnessSettings {
    std::filesystem::path file{};  // absolute, outside the workspace too; or empty
    std::string command{};         // of the shell; or empty
    bool configured() const { return !file.empty() || !command.empty(); }
};

struct Workspace {
    std::filesystem::path root;  // absolute, canonical: the folder of tocsin.yaml
    Organisation organisation;
    std::filesystem::path ledger;  // absolute: the SQLite file
    SecretSource secret;
    std::vector<SecretSource> previous_secrets;
    UnsubscribeSettings unsubscribe;
    PageTexts page_texts;                   // `unsubscribe.texts`
    std::optional<Mailbox> bounce_address;  // gets each person's plus-part (VERP)
    bool hash_suppressions = false;  // new entries of the suppression list are kept as hashes
    std::string default_transport;   // may be empty
    std::map<std::string, TransportDefinition> transports;
    Breaker breaker;
    ScheduleDefaults schedule{};
    NotifySettings notify{};
    WitnessSettings witness{};
    LintIgnore lint_ignore{};  // for all campaigns
    // Absent where there is one, or one with a fault that was reported.
    std::optional<MissingSetting> no_postal_address;
    std::optional<MissingSetting> no_one_click;  // an `unsubscribe.url` that is `https:`
    bool approval_required = false;              // nothing goes out that nobody has approved

    std::filesystem::path state() const { return root / "state"; }
    // What hashes addresses of the suppression list; never exchanged (delivery/open_ledger.h).
    SecretSource suppression_key() const {
        return {SecretSource::Kind::kFile, "state/suppression-key"};
    }
    // `path` relative to the root where it lies inside, for messages.
    std::string shown(const std::filesystem::path& path) const;
};

}  // namespace tocsin
