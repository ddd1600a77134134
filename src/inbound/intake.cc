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
        settle_batch();
        throw;
    }
}

void Intake::read(const SourceMaker& maker) {
    std::shared_ptr<MailSource> source = from_source([&] { return maker(); });
    while (auto mail = from_source([&] { return source->next(); })) take(source, std::move(*mail));
}

void Intake::take(std::shared_ptr<MailSource> source, ReceivedMail mail) {
    reports_.push_back(options_.recognise(mail.bytes));
    std::string identity = mail_identity(mail.bytes);
    bool must_copy = !source->keeps() && !options_.dry_run;
    if (must_copy) {
        bytes_ += mail.bytes.size();
    } else {
        std::string().swap(mail.bytes);
    }
    items_.push_back({std::move(source), std::move(mail), std::move(identity), std::nullopt});
    if (items_.size() >= kMailsAtOnce || bytes_ >= kBytesAtOnce) settle_batch();
}

void Intake::settle_batch() {
    judge();
    if (!options_.dry_run) {
        failpoint("inbound-before-note");
        copy_kept();
        note();
        failpoint("inbound-after-note");
        tell_sources();
    }
    report();
    items_.clear();
    reports_.clear();
    subjects_.clear();
    bytes_ = 0;
}

void Intake::judge() {
    subjects_.assign(items_.size(), std::nullopt);
    if (identifier_) subjects_ = identifier_->identify(reports_);
    for (std::size_t i = 0; i < items_.size(); ++i) {
        Item& item = items_[i];
        item.note =
            note_of(item.mail.origin, item.identity, reports_[i], subjects_[i], clock_.now());
        item.fate = fate_of(reports_[i], subjects_[i].has_value());
    }
}

// Before anything is noted: whoever passed the mail in is told of a failure and passes it in again.
void Intake::copy_kept() {
    for (const Item& item : items_) {
        if (item.fate != Fate::kKept || item.source->keeps()) continue;
        make_private_folder(options_.kept_folder);
        std::string name = to_hex(sha256(item.mail.bytes).substr(0, 16)) + ".eml";
        replace_file(options_.kept_folder / name, item.mail.bytes);
    }
}

void Intake::note() {
    std::vector<FeedbackNote> notes;
    for (Item& item : items_) {
        if (item.note) notes.push_back(std::move(*item.note));
    }
    if (notes.empty()) return;
    std::size_t added = options_.ledger->note_feedback(notes);
    counts_.noted += added;
    counts_.known += notes.size() - added;
}

void Intake::tell_sources() {
    std::map<MailSource*, std::vector<Settled>> settled;
    for (const Item& item : items_) {
        settled[item.source.get()].push_back({item.mail.number, item.fate});
    }
    for (auto& [source, mails] : settled) {
        source->settle(mails);
        failpoint("inbound-after-settle");
    }
}

void Intake::report() {
    for (std::size_t i = 0; i < items_.size(); ++i) {
        count(reports_[i], subjects_[i].has_value(), items_[i].fate);
        if (options_.on_mail) options_.on_mail(items_[i].mail, reports_[i], subjects_[i]);
    }
}

void Intake::count(const Report& report, bool matched, Fate fate) {
    bool says_something =
        report.kind != FeedbackKind::kOther && report.kind != FeedbackKind::kAutoReply;
    ++counts_.mails;
    ++counts_.kinds.at(static_cast<std::size_t>(report.kind));
    if (report.kind == FeedbackKind::kBounce) {
        ++counts_.classes.at(static_cast<std::size_t>(report.bounce));
    }
    if (says_something && !matched) ++counts_.unmatched;
    if (fate == Fate::kKept) ++counts_.kept;
}

}  // namespace tocsin
