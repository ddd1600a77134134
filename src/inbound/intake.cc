#include "inbound/intake.h"

#include <map>

#include "base/failpoint.h"
#include "base/file.h"
#include "base/random.h"
#include "inbound/consequences.h"
#include "mail/digest.h"

namespace tocsin {

Intake::Intake(IntakeOptions options, const Clock& clock)
    : options_(std::move(options)), clock_(clock) {
    if (options_.keys != nullptr) {
        identifier_.emplace(options_.ledger, *options_.keys, options_.trust_addresses);
    }
}

// A server that cannot be reached must not hold up what another source had to say.
template <typename Use>
auto Intake::from_source(Use&& use) {
    try {
        return use();
    } catch (...) {
        finish();
        throw;
    }
}

void Intake::read(const SourceMaker& maker) {
    std::shared_ptr<MailSource> source = from_source([&] { return maker(); });
    while (auto mail = from_source([&] { return source->next(); })) take(source, std::move(*mail));
}

void Intake::finish() {
    settle(ready_);
    search_for_waiting();
}

void Intake::take(std::shared_ptr<MailSource> source, ReceivedMail mail) {
    Report report = options_.recognise(mail.bytes);
    std::string identity = mail_identity(mail.bytes);
    bool must_copy = !source->keeps() && !options_.dry_run;
    if (!must_copy) std::string().swap(mail.bytes);
    add({std::move(source), std::move(mail), std::move(identity), std::move(report)});
}

void Intake::add(Item item) {
    if (identifier_) item.subject = identifier_->identify(item.report);
    bool waits = identifier_ && !item.subject && identifier_->needs_search(item.report);
    Batch& batch = waits ? waiting_ : ready_;
    batch.bytes += item.mail.bytes.size();
    batch.items.push_back(std::move(item));
    auto is_full = [](const Batch& one, std::size_t most) {
        return one.items.size() >= most || one.bytes >= kBytesAtOnce;
    };
    if (is_full(ready_, kMailsAtOnce)) settle(ready_);
    if (is_full(waiting_, kMailsThatWait)) search_for_waiting();
}

void Intake::search_for_waiting() {
    if (waiting_.items.empty()) return;
    std::vector<const Report*> reports;
    for (const Item& item : waiting_.items) reports.push_back(&item.report);
    std::vector<std::optional<Subject>> subjects = identifier_->search(reports);
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        waiting_.items[i].subject = std::move(subjects[i]);
    }
    ++counts_.searches;
    settle(waiting_);
}

void Intake::settle(Batch& batch) {
    if (batch.items.empty()) return;
    judge(batch);
    if (!options_.dry_run) {
        failpoint("inbound-before-note");
        copy_kept(batch);
        note(batch);
        failpoint("inbound-after-note");
        tell_sources(batch);
    }
    report(batch);
    batch = {};
}

void Intake::judge(Batch& batch) {
    for (Item& item : batch.items) {
        if (!item.subject && identifier_) item.subject = identifier_->by_address(item.report);
        item.note = note_of({"inbound " + item.mail.origin, item.identity}, item.report,
                            item.subject, clock_.now());
        item.fate = fate_of(item.report, item.subject.has_value());
    }
}

// Before anything is noted: whoever passed the mail in is told of a failure and passes it in again.
void Intake::copy_kept(const Batch& batch) {
    for (const Item& item : batch.items) {
        if (item.fate != Fate::kKept || item.source->keeps()) continue;
        make_private_folder(options_.kept_folder);
        std::string name = to_hex(sha256(item.mail.bytes).substr(0, 16)) + ".eml";
        replace_file(options_.kept_folder / name, item.mail.bytes);
    }
}

void Intake::note(Batch& batch) {
    std::vector<FeedbackNote> notes;
    for (Item& item : batch.items) {
        if (item.note) notes.push_back(std::move(*item.note));
    }
    if (notes.empty()) return;
    std::size_t added = options_.ledger->note_feedback(notes);
    counts_.noted += added;
    counts_.known += notes.size() - added;
}

void Intake::tell_sources(const Batch& batch) {
    std::map<MailSource*, std::vector<Settled>> settled;
    for (const Item& item : batch.items) {
        settled[item.source.get()].push_back({item.mail.number, item.fate});
    }
    for (auto& [source, mails] : settled) {
        source->settle(mails);
        failpoint("inbound-after-settle");
    }
}

void Intake::report(const Batch& batch) {
    for (const Item& item : batch.items) {
        count(item);
        if (options_.on_mail) options_.on_mail(item.mail, item.report, item.subject);
    }
}

void Intake::count(const Item& item) {
    const Report& report = item.report;
    bool says_something =
        report.kind != FeedbackKind::kOther && report.kind != FeedbackKind::kAutoReply;
    ++counts_.mails;
    ++counts_.kinds.at(static_cast<std::size_t>(report.kind));
    if (report.kind == FeedbackKind::kBounce) {
        ++counts_.classes.at(static_cast<std::size_t>(report.bounce));
    }
    if (says_something && !item.subject) ++counts_.unmatched;
    if (item.fate == Fate::kKept) ++counts_.kept;
}

}  // namespace tocsin
