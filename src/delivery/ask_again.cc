#include "delivery/ask_again.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "model/content.h"
#include "transport/http/outstanding.h"

namespace tocsin {
namespace {

// A send is not there to wait for answers: what is not asked by then is left to the next one.
constexpr Milliseconds kMostTime = std::chrono::seconds(10);

class Asker {
  public:
    Asker(Transport& transport, const std::string& name, Ledger& ledger, const PlanInfo& plan,
          const Clock& clock)
        : transport_(transport),
          name_(name),
          source_("asking " + name + " again"),
          ledger_(ledger),
          mailing_(plan.mailing),
          list_(parse_content(plan.content).unsubscribe_list),
          clock_(clock) {}

    AskedAgain run() {
        std::vector<OpenQuestion> questions = transport_.open_questions();
        std::erase_if(questions, [this](const OpenQuestion& question) {
            return question.campaign != mailing_.campaign;
        });
        if (!questions.empty()) look(questions);
        until_ = clock_.since_boot() + kMostTime;
        for (const OpenQuestion& question : questions) handle(question);
        return result_;
    }

  private:
    void look(const std::vector<OpenQuestion>& questions) {
        for (const OpenQuestion& question : questions) {
            for (const OpenQuestion::Mail& mail : question.mails) ++asked_for_[mail.ticket];
        }
        ledger_.in_doubt(mailing_,
                         [&](const DoubtfulRow& row) { in_doubt_.emplace(row.id, row.key); });
    }

    bool is_in_doubt(const OpenQuestion::Mail& mail) const {
        auto found = in_doubt_.find(mail.ticket);
        return found != in_doubt_.end() && found->second == mail.address;
    }

    bool is_row(const OpenQuestion::Mail& mail) const {
        const auto name = ledger_.row_name(mail.ticket);
        return name && name->mailing == mailing_ && name->address == mail.address;
    }

    // That this very request settled a mail, of whose answer the dead sender had noted a half. One
    // attempt alone is no proof: what never left may have gone with the next request, and would go
    // once more. The start is that of the request, which no second one with the mail can share.
    bool was_answered(const OpenQuestion::Mail& mail, const OpenQuestion& question) const {
        if (!is_row(mail)) return false;
        const auto row = ledger_.explain(mailing_, mail.address);
        if (!row || row->attempts.size() != 1 || !row->resolutions.empty()) return false;
        const AttemptRecord& only = row->attempts.front();
        const bool settled = row->state == State::kAccepted || row->state == State::kRejected;
        return settled && only.transport == name_ && only.attempt.reply &&
               only.attempt.started == question.asked;
    }

    // Of two requests with the same mail one may never have arrived: it would be carried out.
    bool may_be_mailed(const OpenQuestion::Mail& mail, const OpenQuestion& question) const {
        return asked_for_.at(mail.ticket) == 1 &&
               (is_in_doubt(mail) || was_answered(mail, question)) &&
               !ledger_.is_suppressed(mail.address, list_, clock_.now());
    }

    void handle(const OpenQuestion& question) {
        const auto& mails = question.mails;
        bool open = std::any_of(mails.begin(), mails.end(),
                                [this](const auto& mail) { return is_in_doubt(mail); });
        if (!open) return transport_.forget(question);
        bool may_ask = std::all_of(mails.begin(), mails.end(),
                                   [&](const auto& mail) { return may_be_mailed(mail, question); });
        if (!may_ask || clock_.since_boot() >= until_) return;
        const std::vector<Attempt> attempts = transport_.ask_again(question);
        if (attempts.size() == mails.size()) enter(question, attempts);
    }

    void enter(const OpenQuestion& question, const std::vector<Attempt>& attempts) {
        std::vector<Verdict> verdicts;
        bool is_held = false;
        for (std::size_t i = 0; i < attempts.size(); ++i) {
            if (!is_in_doubt(question.mails[i])) continue;  // on record already
            const std::string said = attempts[i].reply ? attempts[i].reply->line() : "";
            const Resolution resolution = resolution_of(attempts[i]);
            is_held = is_held || resolution == Resolution::kHold;
            if (resolution == Resolution::kHold) continue;
            verdicts.push_back({question.mails[i].ticket, resolution, said});
        }
        ledger_.resolve(mailing_, verdicts, source_, clock_.now());
        if (!is_held) transport_.forget(question);
    }

    Resolution resolution_of(const Attempt& attempt) {
        const ProviderVerdict verdict = attempt.verdict.value_or(ProviderVerdict::kUnclear);
        if (verdict == ProviderVerdict::kAccepted) {
            ++result_.accepted;
            return Resolution::kAccept;
        }
        if (verdict == ProviderVerdict::kRefused) {
            ++result_.rejected;
            return Resolution::kReject;
        }
        ++result_.unclear;
        return Resolution::kHold;
    }

    Transport& transport_;
    const std::string name_;
    const std::string source_;
    Ledger& ledger_;
    const MailingKey mailing_;
    const std::string list_;
    const Clock& clock_;
    std::unordered_map<RowId, std::string> in_doubt_;
    std::unordered_map<RowId, int> asked_for_;  // in how many questions
    Milliseconds until_{};
    AskedAgain result_;
};

}  // namespace

std::filesystem::path outstanding_folder(const Workspace& workspace, const std::string& transport) {
    return workspace.ledger.parent_path() / "outstanding" / transport;
}

void sweep_outstanding(const Workspace& workspace) noexcept {
    constexpr std::chrono::hours kLongestMemory{24};  // Resend's
    Outstanding::sweep(outstanding_folder(workspace, ""), kLongestMemory);
}

bool has_outstanding(const Workspace& workspace, const std::string& transport) {
    std::error_code none;
    const auto folder = outstanding_folder(workspace, transport);
    return std::filesystem::directory_iterator(folder, none) !=
           std::filesystem::directory_iterator();
}

AskedAgain ask_again(Transport& transport, const std::string& name, Ledger& ledger,
                     const PlanInfo& plan, const Clock& clock) {
    return Asker(transport, name, ledger, plan, clock).run();
}

}  // namespace tocsin
