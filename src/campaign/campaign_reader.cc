// A campaign file.
#include <system_error>

#include "base/error.h"
#include "campaign/data_values.h"
#include "campaign/fields.h"
#include "campaign/inside.h"
#include "campaign/lint_reader.h"
#include "campaign/node.h"
#include "campaign/quote.h"
#include "campaign/rate_reader.h"
#include "campaign/read.h"
#include "campaign/schedule_reader.h"
#include "campaign/source_file.h"
#include "campaign/template_name.h"
#include "campaign/transport_reader.h"
#include "campaign/yaml_source.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

// Each one is looked up in its folder.
constexpr std::size_t kMostFiles = 1000;

// Stands where `from` could not be read, in a campaign that goes no further than `check`.
constexpr char kNobody[] = "nobody@unreadable.invalid";

Campaign empty_campaign(const SourceText& source) {
    return {.id = "",
            .source = source,
            .from = {"", Mailbox::from(kNobody)},
            .reply_to = std::nullopt,
            .subject = {},
            .preheader = std::nullopt,
            .html = std::nullopt,
            .text = std::nullopt,
            .data = Value::Map{},
            .fallbacks = {},
            .audience = {},
            .attachments = {},
            .transport = std::nullopt,
            .rates = {},
            .unsubscribe_list = ""};
}

class CampaignReader {
  public:
    CampaignReader(const Map& map, const Workspace& workspace, const SourceText& source)
        : map_(map), workspace_(workspace), campaign_(empty_campaign(source)) {}

    Campaign read() {
        map_.need({"id", "from", "subject", "audience"});
        read_id();
        read_senders();
        read_texts();
        read_templates();
        read_data();
        read_audience();
        read_rest();
        return std::move(campaign_);
    }

  private:
    void read_id() {
        auto node = map_.find("id");
        auto id = node ? node->line() : std::nullopt;
        if (!id) return;
        if (auto fault = fault_of_campaign_id(id->text); !fault.empty()) {
            node->error("bad-id", node->name() + " " + fault);
        } else {
            campaign_.id = id->text;
        }
    }

    static std::optional<NamedMailbox> read_mailbox(const Node& node) {
        auto written = node.line();
        if (!written) return std::nullopt;
        auto parsed = NamedMailbox::parse(written->text);
        if (auto* fault = std::get_if<Mailbox::Fault>(&parsed)) {
            node.error("bad-address", node.name() + ": " + fault->message);
            return std::nullopt;
        }
        return std::get<NamedMailbox>(parsed);
    }

    void read_senders() {
        if (auto from = map_.find("from")) {
            auto mailbox = read_mailbox(*from);
            if (mailbox) campaign_.from = *mailbox;
            if (mailbox) campaign_.from_place = from->place();
        }
        if (auto reply_to = map_.find("reply_to")) {
            campaign_.reply_to = read_mailbox(*reply_to);
            campaign_.reply_to_place = reply_to->place();
        }
    }

    void read_texts() {
        if (auto subject = map_.find("subject")) {
            campaign_.subject = subject->line().value_or(Located{});
        }
        if (map_.node().yaml().find("preheader") == nullptr) return;
        // What is there and has a fault is not what is missing.
        auto preheader = map_.find("preheader");
        campaign_.preheader = preheader ? preheader->line() : std::nullopt;
        if (!campaign_.preheader) campaign_.preheader = Located{};
    }

    void read_templates() {
        auto read = [&](const std::string& key, std::string_view extension) {
            auto node = map_.find(key);
            return node ? read_template_name(*node, workspace_.root, extension) : std::nullopt;
        };
        campaign_.html = read("html", ".html.mustache");
        campaign_.text = read("text", ".txt.mustache");
        const YamlNode& yaml = map_.node().yaml();
        if (yaml.find("html") == nullptr && yaml.find("text") == nullptr) {
            map_.report_missing("a campaign needs the key `html` or `text`", "", "no-body");
        }
    }

    void read_data() {
        if (auto data = map_.find("data")) campaign_.data = read_data_map(*data);
        auto fallbacks = map_.find("fallbacks");
        if (!fallbacks) return;
        for (const auto& [field, member] : fallbacks->members()) {
            check_merge_field(member, field);
            if (auto value = member.text()) {
                campaign_.fallbacks.push_back({field, value->text, member.key_place()});
            }
        }
    }

    // A file that is missing stays named where it is a list: who reads on must not take its columns
    // for unknown fields.
    enum class Missing { kLeftOut, kKept };

    std::vector<Located> read_files(const Node& node, Missing missing) const {
        std::vector<Located> files;
        if (node.yaml().items.size() > kMostFiles) {
            node.error("too-many",
                       node.name() + " names more than " + std::to_string(kMostFiles) + " files");
            return files;
        }
        Fence fence = workspace_fence(workspace_.root);
        for (const Node& item : node.items()) {
            auto path = read_path(item, fence);
            if (!path) continue;
            bool there = check_input_file(item, *path, fence);
            if (there || missing == Missing::kKept) files.push_back(*path);
        }
        return files;
    }

    void read_audience() {
        auto node = map_.find("audience");
        auto audience = node ? Map::read(*node, kAudienceKeys) : std::nullopt;
        if (!audience) return;
        if (auto lists = audience->require("lists")) {
            campaign_.audience.lists = read_files(*lists, Missing::kKept);
            bool is_empty_list =
                lists->yaml().kind == YamlNode::Kind::kList && lists->yaml().items.empty();
            if (is_empty_list) lists->error("no-value", "`lists` names no list");
        }
        if (auto exclude = audience->find("exclude")) {
            campaign_.audience.exclude = read_files(*exclude, Missing::kKept);
        }
    }

    void read_unsubscribe_list(const Node& node) {
        auto map = Map::read(node, kCampaignUnsubscribeKeys);
        auto list = map ? map->require("list") : std::nullopt;
        auto name = list ? list->line() : std::nullopt;
        if (!name) return;
        if (auto fault = fault_of_name(name->text); !fault.empty()) {
            list->error("bad-name", list->name() + " " + fault);
        } else {
            campaign_.unsubscribe_list = name->text;
        }
    }

    void read_rest() {
        if (auto files = map_.find("attachments"))
            campaign_.attachments = read_files(*files, Missing::kLeftOut);
        if (auto transport = map_.find("transport")) {
            campaign_.transport = read_transport_name(*transport, workspace_);
        }
        if (auto rate = map_.find("rate")) campaign_.rates = read_rates(*rate);
        if (auto schedule = map_.find("schedule")) {
            campaign_.schedule = read_schedule(*schedule, workspace_.schedule);
        }
        if (auto unsubscribe = map_.find("unsubscribe")) read_unsubscribe_list(*unsubscribe);
        if (auto lint = map_.find("lint")) campaign_.lint_ignore = read_lint_ignore(*lint);
    }

    const Map& map_;
    const Workspace& workspace_;
    Campaign campaign_;
};

// The file as the user finds it: below the workspace, or as typed.
std::string shown_name(const fs::path& file, const Workspace& workspace) {
    std::error_code ignored;
    fs::path real = fs::weakly_canonical(file, ignored);
    std::string shown = workspace.shown(real);
    return fs::path(shown).is_absolute() ? file.string() : shown;
}

}  // namespace

std::optional<Campaign> parse_campaign_partly(const SourceText& source, const Workspace& workspace,
                                              Findings& findings) {
    YamlSource yaml(source, YamlSource::Excerpts::kAsWritten, findings);
    if (!yaml) return std::nullopt;
    if (yaml.whole() && yaml.root().kind == YamlNode::Kind::kNull) {
        findings.add({Severity::kError,
                      "no-value",
                      {source.name(), 0, 0},
                      "the file is empty",
                      "docs/campaign-file.md says what belongs into a campaign",
                      ""});
        return std::nullopt;
    }
    auto map = Map::read(yaml.node("a campaign"), kCampaignKeys);
    if (!map) return std::nullopt;
    Campaign campaign = CampaignReader(*map, workspace, yaml.text()).read();
    // Without all of its keys, what comes later would only find consequences.
    return yaml.whole() ? std::optional(std::move(campaign)) : std::nullopt;
}

std::optional<Campaign> parse_campaign(const SourceText& source, const Workspace& workspace,
                                       Findings& findings) {
    Findings own;
    auto campaign = parse_campaign_partly(source, workspace, own);
    findings.append(own);
    return own.has_errors() ? std::nullopt : std::move(campaign);
}

std::optional<Campaign> read_campaign_partly(const fs::path& file, const Workspace& workspace,
                                             Findings& findings) {
    auto source = load_source(file, shown_name(file, workspace), findings);
    if (!source) return std::nullopt;
    return parse_campaign_partly(*source, workspace, findings);
}

std::optional<Campaign> read_campaign(const fs::path& file, const Workspace& workspace,
                                      Findings& findings) {
    Findings own;
    auto campaign = read_campaign_partly(file, workspace, own);
    findings.append(own);
    return own.has_errors() ? std::nullopt : std::move(campaign);
}

}  // namespace tocsin
