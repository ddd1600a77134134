// tocsin.yaml.
#include "base/text.h"
#include "campaign/duration_reader.h"
#include "campaign/fields.h"
#include "campaign/inside.h"
#include "campaign/limits_reader.h"
#include "campaign/lint_reader.h"
#include "campaign/node.h"
#include "campaign/notify_reader.h"
#include "campaign/page_texts_reader.h"
#include "campaign/read.h"
#include "campaign/schedule_reader.h"
#include "campaign/secret_source.h"
#include "campaign/source_file.h"
#include "campaign/transport_reader.h"
#include "campaign/url.h"
#include "campaign/yaml_source.h"
#include "mail/return_path.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

// What each person's address gets behind a `+`; RFC 5321 gives a local part 64.
constexpr std::size_t kLongestLocal = 64;
constexpr std::size_t kTokenPart = 1 + 52;
constexpr std::size_t kReturnPathPart = 1 + kReturnPathCharacters;

constexpr NamedDuration kOftenest{std::chrono::seconds(1), "a second"};
constexpr NamedDuration kRarest{std::chrono::days(1), "a day"};

using FaultOf = std::string (*)(std::string_view);

void read_line(const Map& map, const std::string& key, FaultOf fault_of, const char* id,
               std::string& into) {
    auto node = map.find(key);
    auto line = node ? node->line() : std::nullopt;
    if (!line) return;
    if (auto fault = fault_of(line->text); !fault.empty()) {
        node->error(id, node->name() + " " + fault);
    } else {
        into = line->text;
    }
}

std::string no_fault(std::string_view) {
    return "";
}

class WorkspaceReader {
  public:
    WorkspaceReader(const Map& map, fs::path root, const YamlSource& yaml)
        : map_(map), yaml_(yaml) {
        workspace_.root = std::move(root);
        workspace_.ledger = workspace_.root / "state" / "tocsin.db";
        workspace_.secret = {SecretSource::Kind::kFile, "state/secret"};
    }

    Workspace read() {
        read_organisation();
        read_ledger();
        read_secrets();
        read_unsubscribe();
        read_bounce_address();
        read_suppression();
        if (auto breaker = map_.find("breaker")) workspace_.breaker = read_breaker(*breaker);
        if (auto lint = map_.find("lint")) workspace_.lint_ignore = read_lint_ignore(*lint);
        read_approval();
        read_transports();
        read_default_transport();
        read_unattended();
        return std::move(workspace_);
    }

  private:
    // For the lint, which speaks of it where somebody is to be mailed. A file that could not be
    // read to its end may have what it seems to lack.
    std::optional<MissingSetting> missing_in(const std::optional<Node>& owner) const {
        if (!yaml_.whole()) return std::nullopt;
        if (!owner) return MissingSetting{{yaml_.text().name(), 0, 0}, ""};
        return MissingSetting{owner->key_place(), owner->excerpt(owner->key_place())};
    }

    void read_organisation() {
        Organisation& organisation = workspace_.organisation;
        auto node = map_.find("organisation");
        auto map = node ? Map::read(*node, kOrganisationKeys) : std::nullopt;
        if (map) {
            read_line(*map, "name", no_fault, "", organisation.name);
            read_line(*map, "website", fault_of_website, "bad-url", organisation.website);
            read_line(*map, "colour", fault_of_colour, "bad-colour", organisation.colour);
            auto address = map->find("postal_address");
            auto text = address ? address->text() : std::nullopt;
            if (text) organisation.postal_address = text->text;
        }
        bool is_absent = map_.node().yaml().find("organisation") == nullptr;
        if (map ? map->node().yaml().find("postal_address") == nullptr : is_absent) {
            workspace_.no_postal_address = missing_in(node);
        }
    }

    void read_ledger() {
        auto node = map_.find("ledger");
        if (!node || !node->is_text()) {
            if (node) node->text();
            return;
        }
        if (node->yaml().text.find("://") != std::string::npos) {
            node->error("not-supported", "a ledger on a server is not supported yet",
                        "name a file: `state/tocsin.db`");
        } else if (auto path = read_path(*node, workspace_fence(workspace_.root))) {
            workspace_.ledger = workspace_.root / path->text;
        }
    }

    void read_secrets() {
        if (auto node = map_.find("secret")) {
            auto source = read_secret_source(*node, workspace_.root);
            if (source) workspace_.secret = *source;
        }
        auto previous = map_.find("previous_secrets");
        if (!previous) return;
        for (const Node& item : previous->items()) {
            auto source = read_secret_source(item, workspace_.root);
            if (source) workspace_.previous_secrets.push_back(*source);
        }
    }

    // An address whose local part has room for `added` characters; `what` is added.
    static std::optional<Mailbox> read_address(const Node& node, std::size_t added,
                                               const char* what) {
        auto written = node.line();
        if (!written) return std::nullopt;
        auto parsed = Mailbox::parse(written->text);
        if (auto* fault = std::get_if<Mailbox::Fault>(&parsed)) {
            node.error("bad-address", node.name() + ": " + fault->message);
            return std::nullopt;
        }
        auto& mailbox = std::get<Mailbox>(parsed);
        if (mailbox.local().size() <= kLongestLocal - added) return mailbox;
        node.error("bad-address",
                   node.name() + " has more than " + std::to_string(kLongestLocal - added) +
                       " characters before the `@`",
                   std::string("each person's ") + what +
                       " is added there, and 64 characters is the limit");
        return std::nullopt;
    }

    // Receivers whose mail cannot be bounced to a UTF-8 address would refuse all mail.
    void read_bounce_address() {
        auto node = map_.find("bounce_address");
        auto address = node ? read_address(*node, kReturnPathPart, "return path") : std::nullopt;
        if (address && address->needs_smtputf8()) {
            node->error("bad-address",
                        node->name() + " has other characters than ASCII before the `@`",
                        "many servers take no mail from such an address");
        } else if (address) {
            workspace_.bounce_address = address;
        }
    }

    // One-click takes `https:` (RFC 8058 section 3.1); `http:` to this machine is for trying out.
    void read_url(const Map& map) {
        std::string& url = workspace_.unsubscribe.url;
        read_line(map, "url", fault_of_unsubscribe_url, "bad-url", url);
        if (map.node().yaml().find("url") == nullptr) {
            workspace_.no_one_click = missing_in(map.node());
        } else if (url.starts_with("http:")) {
            auto node = map.find("url");
            workspace_.no_one_click = MissingSetting{node->place(), node->excerpt(node->place())};
        }
    }

    void read_liveness(const Map& map) {
        UnsubscribeSettings& settings = workspace_.unsubscribe;
        auto live = map.find("require_live");
        settings.require_live = live && live->flag().value_or(false);
        if (settings.require_live && map.node().yaml().find("url") == nullptr) {
            live->error("no-url", "`require_live` needs a `url` that can answer");
        }
        auto every = map.find("pull_every");
        auto length = every ? read_duration(*every, kOftenest, kRarest) : std::nullopt;
        if (length) settings.pull_every = *length;
    }

    void read_unsubscribe() {
        auto node = map_.find("unsubscribe");
        bool is_absent = map_.node().yaml().find("unsubscribe") == nullptr;
        if (is_absent) workspace_.no_one_click = missing_in(std::nullopt);
        auto map = node ? Map::read(*node, kUnsubscribeKeys) : std::nullopt;
        if (!map) return;
        read_url(*map);
        if (auto mailto = map->find("mailto")) {
            workspace_.unsubscribe.mailto = read_address(*mailto, kTokenPart, "token");
        }
        read_liveness(*map);
        if (auto texts = map->find("texts")) workspace_.page_texts = read_page_texts(*texts);
    }

    void read_suppression() {
        auto node = map_.find("suppression");
        auto map = node ? Map::read(*node, kSuppressionKeys) : std::nullopt;
        auto hashed = map ? map->find("hashed") : std::nullopt;
        if (hashed) workspace_.hash_suppressions = hashed->flag().value_or(false);
    }

    void read_approval() {
        auto node = map_.find("approval");
        auto word = node ? node->one_of(kApprovalWords) : std::nullopt;
        workspace_.approval_required = word == "required";
    }

    // A transport with faults stays known by its name, so that a campaign that names it is not
    // blamed.
    void read_transports() {
        auto node = map_.find("transports");
        if (!node) return;
        for (const auto& [name, member] : node->members()) {
            if (auto fault = fault_of_name(name); !fault.empty()) {
                member.error_at(member.key_place(), "bad-name", "the name of a transport " + fault);
            }
            workspace_.transports[name] = read_transport(name, member, workspace_.root);
        }
    }

    void read_default_transport() {
        auto node = map_.find("transport");
        if (auto name = node ? read_transport_name(*node, workspace_) : std::nullopt) {
            workspace_.default_transport = name->text;
        }
    }

    // What sends go by that nobody watches. After the transports.
    void read_unattended() {
        if (auto node = map_.find("schedule")) {
            workspace_.schedule = read_schedule_defaults(*node);
        }
        bool names_transport = map_.node().yaml().find("transport") != nullptr;
        if (auto node = map_.find("notify")) {
            workspace_.notify = read_notify(*node, workspace_, names_transport);
        }
        if (auto node = map_.find("witness")) {
            workspace_.witness = read_witness(*node, workspace_.root);
        }
    }

    const Map& map_;
    const YamlSource& yaml_;
    Workspace workspace_;
};

}  // namespace

std::optional<Workspace> parse_workspace_partly(const SourceText& source, const fs::path& root,
                                                Findings& findings) {
    YamlSource yaml(source, YamlSource::Excerpts::kSecretsMasked, findings);
    if (!yaml) return std::nullopt;
    // Every key is optional, and so is the whole content.
    if (yaml.root().kind == YamlNode::Kind::kNull) yaml.root().kind = YamlNode::Kind::kMap;
    auto map = Map::read(yaml.node("tocsin.yaml"), kWorkspaceKeys);
    if (!map) return std::nullopt;
    Workspace workspace = WorkspaceReader(*map, root, yaml).read();
    return yaml.whole() ? std::optional(std::move(workspace)) : std::nullopt;
}

std::optional<Workspace> parse_workspace(const SourceText& source, const fs::path& root,
                                         Findings& findings) {
    Findings own;
    auto workspace = parse_workspace_partly(source, root, own);
    findings.append(own);
    return own.has_errors() ? std::nullopt : std::move(workspace);
}

std::optional<Workspace> read_workspace_partly(const fs::path& file, Findings& findings) {
    auto source = load_source(file, file.lexically_normal().string(), findings);
    if (!source) return std::nullopt;
    fs::path root = fs::canonical(fs::absolute(file)).parent_path();
    return parse_workspace_partly(*source, root, findings);
}

std::optional<Workspace> read_workspace(const fs::path& file, Findings& findings) {
    Findings own;
    auto workspace = read_workspace_partly(file, own);
    findings.append(own);
    return own.has_errors() ? std::nullopt : std::move(workspace);
}

}  // namespace tocsin
