// Reads sources and writes down what their mails say, a batch at a time: recognised and identified,
// then noted in one transaction, and only then is a source told that its mails are handled. Killed
// between any two steps, the next run does the same again, and the ledger knows what it knows.
//
// Where only a search of all recipients could tell whose a mail is, the mail waits for the end of
// the run, for one search for all: invented Message-IDs must not cost one for every batch.
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
    std::array<std::size_t, 7> kinds{};    // by FeedbackKind
    std::array<std::size_t, 4> classes{};  // of the bounces, by BounceClass
    std::size_t unmatched = 0;             // says something, but of nobody we know
    std::size_t kept = 0;                  // not understood or nobody's, for a person to look at
    std::size_t noted = 0;                 // new in the ledger
    std::size_t known = 0;                 // was there already
    std::size_t searches = 0;              // of all recipients
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
    static constexpr std::size_t kMailsThatWait = 5'000;    // until a search does not wait longer
    static constexpr std::size_t kBytesAtOnce = 16u << 20;  // of mails that must be copied

    // `clock` must outlive it, as must what the options point to.
    Intake(IntakeOptions options, const Clock& clock);

    // Opens a source and reads it to its end. Throws what the source, the ledger and the disk
    // throw; where it is the source, what was read until then is settled first.
    void read(const SourceMaker& maker);
    // What is still under way: once, after the last source.
    void finish();
    const IntakeCounts& counts() const { return counts_; }

  private:
    struct Item {
        std::shared_ptr<MailSource> source;
        ReceivedMail mail;     // without its bytes, except where they must be copied
        std::string identity;  // mail_identity
        Report report;
        std::optional<Subject> subject{};
        std::optional<FeedbackNote> note{};
        Fate fate = Fate::kHandled;
    };
    struct Batch {
        std::vector<Item> items;
        std::size_t bytes = 0;
    };

    template <typename Use>
    auto from_source(Use&& use);
    void take(std::shared_ptr<MailSource> source, ReceivedMail mail);
    void add(Item item);
    void search_for_waiting();
    void settle(Batch& batch);
    void judge(Batch& batch);
    void copy_kept(const Batch& batch);
    void note(Batch& batch);
    void tell_sources(const Batch& batch);
    void report(const Batch& batch);
    void count(const Item& item);

    IntakeOptions options_;
    const Clock& clock_;
    std::optional<Identifier> identifier_;
    Batch ready_;
    Batch waiting_;  // for a search
    IntakeCounts counts_;
};

}  // namespace tocsin
