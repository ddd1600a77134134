// What `due` says: a line a mailing on stdout, and on stderr what is news. Cron runs it every
// minute, so what is wrong is told once, and again only when it has become something else.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "agenda/agenda.h"
#include "cli/command.h"
#include "delivery/notify.h"

namespace tocsin {

class DueReport {
  public:
    // All outlive it.
    DueReport(Invocation& invocation, AgendaMemory& memory, Notifier& notifier)
        : invocation_(invocation), memory_(memory), notifier_(notifier) {}

    // Before anything else: those whom an earlier run could not tell.
    void tell_again();

    // A campaign file that cannot be read, or that can be again.
    void file(const CampaignFile& file);
    // Occurrences that came due while nothing began them.
    void missed(const SeriesState& series, const std::vector<std::string>& names);
    // How a mailing stands that is not to go now.
    void timing(const AgendaItem& item);

    // Runs `act`, whose words on stderr are told only where they are news of the mailing, and
    // counts its code. What it throws becomes words and a code, but for
    // LedgerError and std::system_error.
    void attempt(const MailingKey& mailing, const std::function<ExitCode()>& act);

    // Whether an attempt found its mailing taken by another process.
    bool met_another() const { return met_another_; }

    // The highest code that was counted, the latest of each mailing.
    ExitCode code() const;

  private:
    void count(const std::string& subject, ExitCode code) { codes_[subject] = code; }
    // Whom `notify:` names, that it needs somebody.
    void tell_held(const AgendaItem& item, const std::string& key, const std::string& text);
    void tell_warnings(const std::string& warnings);
    void line(const std::string& text);
    // Where it is news.
    void tell(const std::string& subject, const std::string& key, const std::string& text);

    Invocation& invocation_;
    AgendaMemory& memory_;
    Notifier& notifier_;
    std::map<std::string, ExitCode> codes_;
    bool met_another_ = false;
};

}  // namespace tocsin
