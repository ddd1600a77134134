// `tocsin inbound`: bounces, complaints and unsubscribe mails, read and drawn conclusions from.
#include <algorithm>

#include "base/text.h"
#include "campaign/find.h"
#include "campaign/secret.h"
#include "cli/commands.h"
#include "cli/inbound_text.h"
#include "cli/load.h"
#include "delivery/open_ledger.h"
#include "inbound/intake.h"
#include "inbound/sources/files.h"
#include "inbound/sources/imap_source.h"

namespace tocsin {
namespace {

struct Options {
    std::vector<std::string> sources;
    bool dry_run = false;
    bool trust_addresses = false;
    std::string move_to;
    std::string password_env;
    std::string password_file;
    std::string password_command;
    std::filesystem::path ca_file;
};

// The workspace with its keys and ledger, as far as they are needed and there.
struct Base {
    std::optional<Workspace> workspace;
    std::optional<KeyRing> keys;
    std::unique_ptr<Ledger> ledger;
};

bool is_imap(const std::string& source) {
    return source.find("://") != std::string::npos;
}

bool names_password(const Options& options) {
    return !options.password_env.empty() || !options.password_file.empty() ||
           !options.password_command.empty();
}

std::optional<SecretSource> password_source(const Options& options) {
    using Kind = SecretSource::Kind;
    std::optional<SecretSource> source;
    auto take = [&](Kind kind, const std::string& value) {
        if (value.empty()) return;
        if (source)
            throw UsageError("the password must come from one place",
                             "give one of --password-env, --password-file, --password-command");
        source = SecretSource{kind, value};
    };
    take(Kind::kEnvironment, options.password_env);
    take(Kind::kFile, options.password_file);
    take(Kind::kCommand, options.password_command);
    return source;
}

// A path on the command line is relative to where the user stands.
Workspace current_folder() {
    Workspace here;
    here.root = std::filesystem::current_path();
    return here;
}

SourceMaker imap_maker(const std::string& url, const Options& options) {
    ImapSettings settings = parse_imap_url(url);
    auto password = password_source(options);
    if (!password) {
        throw UsageError("there is no password for " + settings.shown(),
                         "--password-env, --password-file or --password-command says where it is");
    }
    settings.password = fetch_secret(*password, current_folder());
    if (!options.ca_file.empty()) settings.ca_file = std::filesystem::absolute(options.ca_file);
    return [settings, &options] {
        return std::make_unique<ImapSource>(open_imap(settings, options.dry_run), settings.shown(),
                                            options.move_to);
    };
}

void demand_server_for_its_options(const Options& options) {
    bool for_server =
        names_password(options) || !options.move_to.empty() || !options.ca_file.empty();
    if (!for_server || std::any_of(options.sources.begin(), options.sources.end(), is_imap)) return;
    throw UsageError(
        "--move-to, --ca-file and --password-… are for imaps:// sources, and none is named");
}

// All that can be wrong with a source's name is found before the first mail is read.
std::vector<SourceMaker> makers_of(const Options& options) {
    demand_server_for_its_options(options);
    std::vector<SourceMaker> makers;
    for (const std::string& source : options.sources) {
        if (is_imap(source)) {
            makers.push_back(imap_maker(source, options));
        } else {
            for (SourceMaker& maker : sources_at(source)) makers.push_back(std::move(maker));
        }
    }
    return makers;
}

bool has_workspace(const Invocation& invocation) {
    return !invocation.globals.config.empty() || std::filesystem::exists("tocsin.yaml");
}

Base open_to_write(Invocation& invocation) {
    Base base;
    base.workspace = load_workspace(invocation);
    OpenedLedger opened =
        open_ledger(*base.workspace, invocation.globals.new_ledger, LedgerUse::kRecord);
    base.keys = std::move(opened.keys);
    base.ledger = std::move(opened.ledger);
    return base;
}

// What is not there is not needed to classify.
Base open_to_look(Invocation& invocation) {
    Base base;
    if (!has_workspace(invocation)) return base;
    base.workspace = load_workspace(invocation);
    base.ledger = open_ledger_to_look(*base.workspace);
    if (base.ledger) base.keys = keys_to_look(*base.workspace);
    return base;
}

IntakeOptions intake_options(const Options& options, const Base& base, Invocation& invocation) {
    IntakeOptions intake{.recognise = recognise,
                         .keys = base.keys ? &*base.keys : nullptr,
                         .ledger = base.ledger.get(),
                         .trust_addresses = options.trust_addresses,
                         .dry_run = options.dry_run,
                         .kept_folder = {},
                         .on_mail = {}};
    if (base.workspace) intake.kept_folder = base.workspace->state() / "inbound" / "kept";
    if (invocation.globals.json) {
        intake.on_mail = [&invocation](const ReceivedMail& mail, const Report& report,
                                       const std::optional<Subject>& subject) {
            invocation.console.out(json_line(mail, report, subject));
        };
    }
    return intake;
}

ExitCode inbound(const Options& options, Invocation& invocation) {
    std::vector<SourceMaker> makers = makers_of(options);
    Base base = options.dry_run ? open_to_look(invocation) : open_to_write(invocation);
    Intake intake(intake_options(options, base, invocation), invocation.clock);
    for (const SourceMaker& maker : makers) intake.read(maker);
    intake.finish();
    if (!invocation.globals.json && !invocation.console.quiet()) {
        invocation.console.out(summary_of(intake.counts(), options.dry_run));
    }
    return ExitCode::kOk;
}

void take_options(CLI::App& app, Options& options) {
    app.add_option("source", options.sources,
                   "Maildir, mbox, mail, folder of mails, - or imaps://USER@HOST/FOLDER")
        ->type_name("SOURCE")
        ->required();
    app.add_flag("--dry-run", options.dry_run, "Only classify: write nothing, mark nothing");
    app.add_flag("--trust-addresses", options.trust_addresses,
                 "Believe the address that a mail names where it proves nothing");
    app.add_option("--move-to", options.move_to, "imaps: move handled mails to this folder")
        ->type_name("FOLDER");
    app.add_option("--password-env", options.password_env, "imaps: the variable with the password")
        ->type_name("NAME");
    app.add_option("--password-file", options.password_file, "imaps: the file with the password")
        ->type_name("FILE");
    app.add_option("--password-command", options.password_command,
                   "imaps: what prints the password")
        ->type_name("COMMAND");
    app.add_option("--ca-file", options.ca_file,
                   "imaps: certificates to trust instead of the system's")
        ->type_name("FILE");
}

}  // namespace

Command add_inbound(CLI::App& parent) {
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand(
        "inbound", "Read bounces, complaints and unsubscribe mails, and act on them");
    take_options(*app, *options);
    return {app, [options](Invocation& invocation) { return inbound(*options, invocation); }};
}

}  // namespace tocsin
