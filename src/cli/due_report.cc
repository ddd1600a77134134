#include "cli/due_report.h"

#include <algorithm>
#include <system_error>

#include "base/text.h"
#include "calendar/shown_time.h"
#include "cli/load.h"
#include "delivery/begin_to_send.h"

namespace tocsin {
namespace {

using Kind = Timing::Kind;

// What goes to stderr while it lives.
class KeptErrors {
  public:
    explicit KeptErrors(Console& console) : console_(console) {
        console_.keep_errors(&text_, &warnings_);
    }
    ~KeptErrors() { console_.keep_errors(nullptr, nullptr); }
    KeptErrors(const KeptErrors&) = delete;
    KeptErrors& operator=(const KeptErrors&) = delete;
    const std::string& text() const { return text_; }
    const std::string& warnings() const { return warnings_; }

  private:
    Console& console_;
    std::string text_, warnings_;
};

std::string subject_of(const MailingKey& mailing) {
    return "mailing:" + mailing.shown();
}

std::string overdue_text(const AgendaItem& item) {
    const std::string id = item.mailing.shown();
    return id + " is overdue: " + item.timing.reason + "\n  hint: `tocsin send " + id +
           "` sends it by hand, `tocsin release " + id + "` lets `due` send it, `tocsin cancel " +
           id + "` ends it\n";
}

std::string held_text(const AgendaItem& item) {
    const std::string id = item.mailing.shown();
    const std::string because = item.timing.reason.empty() ? "" : ": " + item.timing.reason;
    return id + " is held" + because + "\n  hint: `tocsin status " + id +
           "` shows how far it is; `tocsin release " + id + "` lets it go on\n";
}

}  // namespace

void DueReport::tell(const std::string& subject, const std::string& key, const std::string& text) {
    if (memory_.is_news(subject, key)) invocation_.console.err(text);
}

void DueReport::tell_again() {
    const std::string fault = notifier_.tell_again();
    if (!fault.empty()) invocation_.console.alert("tocsin: " + fault + "\n");
}

void DueReport::tell_held(const AgendaItem& item, const std::string& key, const std::string& text) {
    const std::string fault = notifier_.tell({NotifyEvent::kHeld, item.mailing, text, key});
    if (!fault.empty()) invocation_.console.alert("tocsin: " + fault + "\n");
}

void DueReport::line(const std::string& text) {
    if (!invocation_.console.quiet() && !text.empty()) invocation_.console.out(text + "\n");
}

void DueReport::file(const CampaignFile& file) {
    const std::string subject = "file:" + file.shown;
    std::string text;
    {
        KeptErrors kept(invocation_.console);
        if (!file.campaign) invocation_.console.print(file.findings);
        text = kept.text();
    }
    if (!file.campaign) {
        count(subject, exit_code_of(file.findings));
        line(file.shown + ": cannot be read");
    }
    tell(subject, text, text);
}

void DueReport::missed(const SeriesState& series, const std::vector<std::string>& names) {
    if (names.empty()) return;
    constexpr std::size_t kMostNamed = 20;
    const std::string& id = series.file->campaign->id;
    // Of those that are not named, none has begun either: they were to be before all others.
    const std::size_t count_of_all = series.missed_count - series.missed.size() + names.size();
    std::string text =
        id + ": " + counted(count_of_all, "occurrence") + " missed, as a later one has come due:";
    for (std::size_t i = 0; i < std::min(names.size(), kMostNamed); ++i) {
        text += (i == 0 ? " " : ", ") + id + "@" + names[i];
    }
    if (count_of_all > kMostNamed) text += " …";
    text += "\n  hint: `tocsin send " + id + "@" + names.back() + "` sends one by hand\n";
    tell("missed:" + id, names.back(), text);
    count("missed:" + id, ExitCode::kRefused);
}

void DueReport::timing(const AgendaItem& item) {
    const std::string id = item.mailing.shown();
    const std::string subject = subject_of(item.mailing);
    switch (item.timing.kind) {
        case Kind::kOverdue:
            count(subject, ExitCode::kRefused);
            tell(subject, "overdue", overdue_text(item));
            tell_held(item, "overdue", overdue_text(item));
            return line(id + ": overdue");
        case Kind::kStale:
            count(subject, ExitCode::kRefused);
            tell(subject, "stale", held_text(item));
            tell_held(item, "stale", held_text(item));
            return line(id + ": held");
        case Kind::kHeld:
            count(subject, ExitCode::kRefused);
            return line(id + ": held");
        case Kind::kClosed:
        case Kind::kWaits:
            count(subject, ExitCode::kNotFinished);
            return line(id + ": goes on at " +
                        shown_with_zone(item.schedule().zone, item.timing.time.value()));
        default:
            return;
    }
}

void DueReport::attempt(const MailingKey& mailing, const std::function<ExitCode()>& act) {
    const std::string subject = subject_of(mailing);
    ExitCode code = ExitCode::kSoftware;
    std::string text, warnings;
    {
        KeptErrors kept(invocation_.console);
        try {
            code = act();
        } catch (const Reported& reported) {
            code = reported.code();
        } catch (const LedgerError&) {
            throw;
        } catch (const Busy& busy) {
            // What there is to say of it, the other says: what was said stands.
            met_another_ = true;
            return count(subject, busy.code());
        } catch (const PlannedAnew&) {
            met_another_ = true;
            return count(subject, ExitCode::kNotFinished);
        } catch (const Error& error) {
            code = error.code();
            invocation_.console.print(error);
        } catch (const std::system_error&) {
            throw;  // the disk, most likely: no mailing's own
        } catch (const std::exception& error) {
            invocation_.console.print_fault(error);
        }
        text = kept.text();
        warnings = kept.warnings();
    }
    count(subject, code);
    const bool names_it = text.starts_with(mailing.shown());
    tell(subject, text, names_it ? text : mailing.shown() + ":\n" + text);
    tell_warnings(warnings);
}

// They are of the workspace, and come with each mailing: once a day is enough.
void DueReport::tell_warnings(const std::string& warnings) {
    if (warnings.empty()) return;
    const std::string day = iso8601(invocation_.clock.now()).substr(0, 10);
    tell("warnings", day + warnings, warnings);
}

ExitCode DueReport::code() const {
    ExitCode highest = ExitCode::kOk;
    for (const auto& [subject, code] : codes_) highest = std::max(highest, code);
    return highest;
}

}  // namespace tocsin
