// Reads sources and writes down what their mails say, a batch at a time: recognised and identified,
// then noted in one transaction, and only then is a source told that its mails are handled. Killed
// between any two steps, the next run does the same again, and the ledger knows what it knows.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "inbound/identify.h"
#include "inbound/report.h"
#include "inbound/sources/source.h"
#include "ledger/ledger.h"
#include "mail/token.h"

namespace tocsin {

struct IntakeCounts {
    std::size_t mails = 0;
    std::array<std::size_t, 6> kinds{};    // by FeedbackKind
    std::array<std::size_t, 4> classes{};  // of the bounces, by BounceClass
    std::size_t unmatched = 0;             // says something, but of nobody we know
    std::size_t kept = 0;                  // not understood or nobody's, for a person to look at
    std::size_t noted = 0;                 // new in the ledger
    std::size_t known = 0;                 // was there already
};

struct IntakeOptions {
    std::function<Report(std::string_view)> recognise;
    const KeyRing* keys = nullptr;  // null: nobody can be identified
    Ledger* ledger = nullptr;       // null in a dry run without one
    bool trust_addresses = false;
    bool dry_run = false;               // nothing is written, no source is told anything
    std::filesystem::path kept_folder;  // copies of what a source does not keep itself
    // Called for every mail when all about it is recorded.
    std::function<void(const ReceivedMail&, const Report&, const std::optional<Subject>&)> on_mail;
};

class Intake {
  public:
    static constexpr std::size_t kMailsAtOnce = 1'000;
    static constexpr std::size_t kBytesAtOnce = 16u << 20;  // of mails that must be copied

    // `clock` must outlive it, as must what the options point to.
    Intake(IntakeOptions options, const Clock& clock);

    // Opens a source and reads it to its end. Throws what the source, the ledger and the disk
    // throw; where it is the source, what was read until then is settled first.
    void read(const SourceMaker& maker);
    // What is still under way: once, after the last source.
    void finish() { settle_batch(); }
    const IntakeCounts& counts() const { return counts_; }

  private:
    struct Item {
        std::shared_ptr<MailSource> source;
        ReceivedMail mail;     // without its bytes, except where they must be copied
        std::string identity;  // mail_identity
        std::optional<FeedbackNote> note;
        Fate fate = Fate::kHandled;
    };

    template <typename Use>
    auto from_source(Use&& use);
    void take(std::shared_ptr<MailSource> source, ReceivedMail mail);
    void settle_batch();
    void judge();
    void copy_kept();
    void note();
    void tell_sources();
    void report();
    void count(const Report& report, bool matched, Fate fate);

    IntakeOptions options_;
    const Clock& clock_;
    std::optional<Identifier> identifier_;
    std::vector<Item> items_;
    std::vector<Report> reports_;                   // of the items
    std::vector<std::optional<Subject>> subjects_;  // the same
    std::size_t bytes_ = 0;
    IntakeCounts counts_;
};

}  // namespace tocsin
