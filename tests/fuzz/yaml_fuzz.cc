// Whatever bytes tocsin.yaml, a campaign or a data file hold: reading ends, every finding has a
// place in the file, and what is accepted upholds the promises of campaign/read.h.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "../unit/campaign/workspace_folder.h"
#include "base/text.h"
#include "campaign/fields.h"
#include "campaign/source_file.h"
#include "campaign/url.h"
#include "mail/domain.h"
#include "model/builtin_names.h"

using namespace tocsin;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

bool is_clean(const std::string& text) {
    return !invalid_utf8(text) && !control_character(text);
}

bool is_line(const std::string& text) {
    return is_clean(text) && text.find('\n') == std::string::npos;
}

void check_findings(const SourceText& source, const Findings& findings) {
    for (const Finding& finding : findings.all()) {
        demand(finding.place.file == source.name());
        demand(finding.place.line <= source.place(source.text().size()).line);
        demand(!finding.id.empty() && !finding.message.empty());
        demand(is_clean(format(finding)));
    }
}

bool is_within(const std::filesystem::path& root, const std::filesystem::path& path) {
    auto relative = path.lexically_normal().lexically_relative(root);
    return !relative.empty() && *relative.begin() != "..";
}

void check_smtp(const SmtpSettings& smtp) {
    demand(fault_of_host(smtp.host).empty());
    demand(smtp.port >= 1 && smtp.port <= 65535);
    bool encrypted = smtp.tls != SmtpSettings::Tls::kNone;
    demand(encrypted || is_loopback(smtp.host) || smtp.allow_plaintext);
    bool by_certificate = smtp.auth == SmtpSettings::Auth::kExternal;
    demand(by_certificate ? !smtp.password : smtp.username.empty() == !smtp.password);
    demand(!by_certificate || (encrypted && !smtp.client_certificate.empty()));
    demand(is_line(smtp.username));
    demand(smtp.proxy.empty() || fault_of_proxy(smtp.proxy).empty());
    demand(!has_userinfo(smtp.proxy));
    demand(smtp.connections >= 1 && smtp.connections <= 100);
    demand(smtp.messages_per_connection >= 1);
}

void check_rates(const Rates& rates) {
    for (const Rate& rate : rates) {
        demand(rate.count >= 1 && rate.count <= 1'000'000'000);
        auto is_same = [&](const Rate& other) { return other.period == rate.period; };
        demand(std::ranges::count_if(rates, is_same) == 1);
    }
}

void check_limits(const TransportLimits& limits) {
    check_rates(limits.rates);
    demand(limits.give_up_after >= std::chrono::minutes(1));
    demand(limits.give_up_after <= std::chrono::days(30));
    if (limits.warm_up) {
        demand(!limits.warm_up->steps.empty());
        for (std::int64_t step : limits.warm_up->steps) demand(step >= 1);
    }
    for (const auto& [domain, of_domain] : limits.domains) {
        demand(std::get<std::string>(ascii_domain(domain)) == domain);
        check_rates(of_domain.rates);
        demand(of_domain.connections || !of_domain.rates.empty());
    }
}

void check_dkim(const std::vector<DkimKey>& keys) {
    for (const DkimKey& key : keys) {
        demand(std::get<std::string>(ascii_domain(key.domain)) == key.domain);
        demand(fault_of_selector(key.selector).empty());
        demand(!key.key.value.empty());
    }
}

bool is_grace(Milliseconds grace) {
    return grace >= std::chrono::minutes(1) && grace <= std::chrono::days(30);
}

void check_schedule(const Schedule& schedule) {
    demand(schedule.at.has_value() != schedule.every.has_value());
    demand(schedule.days.any());
    demand(!schedule.window || schedule.window->from != schedule.window->to);
    demand(!schedule.at || !schedule.not_after || *schedule.at < *schedule.not_after);
    demand(!schedule.grace || is_grace(*schedule.grace));
}

void check_unattended(const Workspace& workspace) {
    demand(is_grace(workspace.schedule.grace));
    const NotifySettings& notify = workspace.notify;
    demand(notify.on.empty() || notify.command.empty() == notify.mail_to.has_value());
    demand(!notify.mail_to || workspace.transports.contains(notify.transport));
    const WitnessSettings& witness = workspace.witness;
    demand(witness.file.empty() || (witness.file.is_absolute() && witness.command.empty()));
}

void check_workspace(const Workspace& workspace) {
    check_unattended(workspace);
    demand(is_within(workspace.root, workspace.ledger));
    demand(workspace.unsubscribe.url.empty() || workspace.unsubscribe.url.ends_with('/'));
    demand(workspace.breaker.percent >= 1 && workspace.breaker.percent <= 100);
    demand(workspace.breaker.after >= 1);
    demand(workspace.default_transport.empty() ||
           workspace.transports.contains(workspace.default_transport));
    for (const auto& [name, transport] : workspace.transports) {
        demand(name == transport.name);
        check_limits(transport.limits);
        check_dkim(transport.dkim);
        if (auto* smtp = std::get_if<SmtpSettings>(&transport.settings)) check_smtp(*smtp);
        if (auto* maildir = std::get_if<MaildirSettings>(&transport.settings)) {
            demand(is_within(workspace.root, maildir->path));
        }
    }
}

void check_value(const Value& value) {
    if (value.text() != nullptr) demand(is_clean(*value.text()));
    if (value.list() != nullptr) {
        for (const Value& item : *value.list()) check_value(item);
    }
    if (value.map() != nullptr) {
        for (const auto& [key, member] : *value.map()) {
            demand(fault_of_field_name(key).empty());
            check_value(member);
        }
    }
}

void check_campaign(const Workspace& workspace, const Campaign& campaign) {
    demand(fault_of_campaign_id(campaign.id).empty());
    demand(!campaign.subject.text.empty() && is_line(campaign.subject.text));
    demand(campaign.html || campaign.text);
    demand(!campaign.audience.lists.empty());
    for (const Located& list : campaign.audience.lists) {
        demand(is_within(workspace.root, workspace.root / list.text));
    }
    demand(!campaign.transport || workspace.transports.contains(campaign.transport->text));
    check_rates(campaign.rates);
    if (campaign.schedule) check_schedule(campaign.schedule->schedule);
    check_value(campaign.data);
    for (const auto& [key, member] : *campaign.data.map()) demand(!is_builtin_name(key));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static testing::WorkspaceFolder folder;
    SourceText source("f.yaml", std::string(reinterpret_cast<const char*>(data), size));

    Findings of_config;
    auto workspace = parse_workspace(source, folder.path(), of_config);
    demand(workspace.has_value() == !of_config.has_errors());
    if (workspace) check_workspace(*workspace);
    check_findings(source, of_config);

    Findings of_campaign;
    auto campaign = parse_campaign(source, folder.workspace(), of_campaign);
    demand(campaign.has_value() == !of_campaign.has_errors());
    if (campaign) check_campaign(folder.workspace(), *campaign);
    check_findings(source, of_campaign);

    Findings of_json;
    demand(parse_json_data(source, of_json).has_value() == of_json.empty());
    check_findings(source, of_json);

    Findings of_yaml;
    demand(parse_yaml_data(source, of_yaml).has_value() == of_yaml.empty());
    return 0;
}
