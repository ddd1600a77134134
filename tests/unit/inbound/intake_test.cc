#include "inbound/intake.h"

#include <filesystem>
#include <map>

#include "base/error.h"
#include "base/file.h"
#include "inbound/consequences.h"
#include "support/temporary_folder.h"
#include "unit/inbound/planned_people.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const std::string kAnn = "ann@one.example";
const MailingKey kFirst{"first", ""};

// Hands out what it is given, and remembers what it was told.
struct ListSource : MailSource {
    std::vector<std::string> mails;
    bool kept_there = true;
    std::size_t at = 0;
    std::map<std::uint64_t, Fate> fates;

    std::optional<ReceivedMail> next() override {
        if (at == mails.size()) return std::nullopt;
        std::string bytes = mails[at++];
        return ReceivedMail{at, "mail " + std::to_string(at), "a list", std::move(bytes)};
    }
    void settle(std::span<const Settled> settled) override {
        for (const Settled& one : settled) fates[one.number] = one.fate;
    }
    bool keeps() const override { return kept_there; }
};

// The test keeps the source to ask it.
SourceMaker handing_out(std::shared_ptr<ListSource> source) {
    struct Lent : MailSource {
        std::shared_ptr<ListSource> list;
        explicit Lent(std::shared_ptr<ListSource> l) : list(std::move(l)) {}
        std::optional<ReceivedMail> next() override { return list->next(); }
        void settle(std::span<const Settled> settled) override { list->settle(settled); }
        bool keeps() const override { return list->keeps(); }
    };
    return [source] { return std::make_unique<Lent>(source); };
}

struct Fixture {
    std::unique_ptr<Ledger> ledger = planned_ledger();
    std::uint64_t row = row_of(*ledger, kFirst, kAnn);
    ManualClock clock{WallTime(std::chrono::seconds(1'800'000'000))};
    TemporaryFolder folder;

    // Reads a mail by its first word.
    Report recognise(std::string_view mail) const {
        Report report;
        std::string_view word = mail.substr(0, mail.find_first_of(" \n"));
        if (word == "hard" || word == "lost") report = bounce();
        if (word == "soft" || word == "policy") {
            report = bounce();
            report.bounce = word == "soft" ? BounceClass::kSoft : BounceClass::kPolicy;
        }
        if (word == "delay") report.kind = FeedbackKind::kDelay;
        if (word == "complaint") report.kind = FeedbackKind::kComplaint;
        if (word == "auto") report.kind = FeedbackKind::kAutoReply;
        if (word == "leave") {
            report.kind = FeedbackKind::kUnsubscribe;
            report.tokens = {encode_token(keys(), 1, 1, row, kAnn)};
        }
        if (word == "invented" || word == "returned") {
            report = bounce();
            report.message_ids = {word == "invented"
                                      ? std::string(26, 'a') + "@x.example"
                                      : make_message_id(keys(), "first/", kAnn, "x.example")};
            return report;
        }
        if (word != "lost") report.return_paths = {bounces_to(keys(), row, kAnn)};
        return report;
    }

    IntakeOptions options() {
        IntakeOptions options;
        options.recognise = [this](std::string_view mail) { return recognise(mail); };
        options.keys = &keys();
        options.ledger = ledger.get();
        options.kept_folder = folder.path() / "kept";
        return options;
    }

    IntakeCounts read(const std::shared_ptr<ListSource>& source, bool dry_run = false) {
        IntakeOptions with = options();
        with.dry_run = dry_run;
        Intake intake(std::move(with), clock);
        intake.read(handing_out(source));
        intake.finish();
        return intake.counts();
    }
    IntakeCounts read(std::vector<std::string> mails) {
        auto source = std::make_shared<ListSource>();
        source->mails = std::move(mails);
        return read(source);
    }
    std::string entries() const {
        std::string text;
        ledger->for_each_suppression({"", ""}, [&](const Suppression& one) {
            text += one.address + " " + one.scope + " " + one.reason + " " + one.source + ";";
        });
        return text;
    }
    std::size_t feedback() const {
        std::size_t count = 0;
        ledger->for_each_feedback({"", ""}, [&](const Feedback&) { ++count; });
        return count;
    }
};

}  // namespace

TEST_CASE("what each kind does to the suppression list and to the mail itself") {
    struct Row {
        const char* mail;
        const char* entry;
        std::size_t noted;
        Fate fate;
    };
    const Row rows[] = {
        {"hard", "ann@one.example all bounce inbound a list;", 1, Fate::kHandled},
        {"soft", "", 1, Fate::kHandled},
        {"policy", "", 1, Fate::kHandled},
        {"delay", "", 1, Fate::kHandled},
        {"complaint", "ann@one.example all complaint inbound a list;", 1, Fate::kHandled},
        {"leave", "ann@one.example news unsubscribe unsubscribe mail;", 1, Fate::kHandled},
        {"auto", "", 0, Fate::kHandled},
        {"lunch", "", 0, Fate::kKept},
        {"lost", "", 0, Fate::kKept},
    };
    for (const Row& row : rows) {
        CAPTURE(std::string(row.mail));
        Fixture fixture;
        auto source = std::make_shared<ListSource>();
        source->mails = {row.mail};
        fixture.read(source);
        CHECK(fixture.entries() == row.entry);
        CHECK(fixture.feedback() == row.noted);
        CHECK(source->fates == std::map<std::uint64_t, Fate>{{1, row.fate}});
    }
}

TEST_CASE("a report that is read again changes nothing, wherever it lies") {
    Fixture fixture;
    const std::string report = "hard\nReceived: here\nMESSAGE-ID:\n <1@mx.example>\n\nbody";
    const std::string moved = "hard\nReceived: there\nMessage-Id: <1@mx.example> \n\nbody";
    CHECK(fixture.read({report, report}).noted == 1);
    IntakeCounts again = fixture.read({moved});
    CHECK(again.noted == 0);
    CHECK(again.known == 1);
    CHECK(fixture.feedback() == 1);
    CHECK(fixture.read({"complaint\nMessage-ID: <1@mx.example>\n\n"}).noted == 1);
}

TEST_CASE("a program that gives all its reports one Message-ID is heard each time") {
    Fixture fixture;
    const std::string header = "\nMessage-ID: <always@mx.example>\n\n";
    CHECK(fixture.read({"policy" + header, "soft" + header, "hard" + header}).noted == 3);
    CHECK(fixture.entries() != "");
}

TEST_CASE("what was read before a source broke is settled") {
    struct Breaking : ListSource {
        std::optional<ReceivedMail> next() override {
            if (at == mails.size()) throw Unavailable("the connection broke");
            return ListSource::next();
        }
    };
    Fixture fixture;
    auto source = std::make_shared<Breaking>();
    source->mails = {"hard"};
    Intake intake(fixture.options(), fixture.clock);
    CHECK_THROWS_AS(intake.read(handing_out(source)), Unavailable);
    CHECK(fixture.feedback() == 1);
    CHECK(source->fates.size() == 1);
    CHECK_THROWS_AS(intake.read([]() -> std::unique_ptr<MailSource> { throw Unavailable("x"); }),
                    Unavailable);
}

TEST_CASE("what a report is goes by its own Message-ID, or by its bytes") {
    CHECK(mail_identity("A: b\nMessage-ID: <1@x>\n\n") ==
          mail_identity("Message-Id:<1@x>\r\n\r\nz"));
    CHECK(mail_identity("A: b\n\nMessage-ID: <1@x>\n") != mail_identity("Message-ID: <1@x>\n\n"));
    CHECK(mail_identity("A: b\n\na") != mail_identity("A: b\n\nb"));
    CHECK(mail_identity("Message-ID: none\n\na") != mail_identity("Message-ID: none\n\nb"));
    CHECK(mail_identity("") == mail_identity(""));
}

TEST_CASE("counts name every mail once") {
    Fixture fixture;
    IntakeCounts counts = fixture.read({"hard", "soft", "auto", "lunch", "lost", "leave"});
    CHECK(counts.mails == 6);
    CHECK(counts.kinds.at(static_cast<std::size_t>(FeedbackKind::kBounce)) == 3);
    CHECK(counts.classes.at(static_cast<std::size_t>(BounceClass::kHard)) == 2);
    CHECK(counts.unmatched == 1);
    CHECK(counts.kept == 2);
    CHECK(counts.noted == 3);
}

TEST_CASE("a dry run tells nobody, with a ledger or without one") {
    Fixture fixture;
    auto source = std::make_shared<ListSource>();
    source->mails = {"hard", "lunch"};
    source->kept_there = false;
    CHECK(fixture.read(source, true).mails == 2);
    CHECK(source->fates.empty());
    CHECK(fixture.feedback() == 0);
    CHECK_FALSE(std::filesystem::exists(fixture.folder.path() / "kept"));

    source->at = 0;
    IntakeOptions bare;
    bare.recognise = [&](std::string_view mail) { return fixture.recognise(mail); };
    bare.dry_run = true;
    std::string matched;
    bare.on_mail = [&](const ReceivedMail&, const Report&, const std::optional<Subject>& subject) {
        matched += subject ? "yes " : "no ";
    };
    Intake intake(std::move(bare), fixture.clock);
    intake.read(handing_out(source));
    intake.finish();
    CHECK(matched == "no no ");
}

TEST_CASE("of a source that keeps nothing, what is not handled is copied, once") {
    Fixture fixture;
    for (int i = 0; i < 2; ++i) {
        auto source = std::make_shared<ListSource>();
        source->kept_there = false;
        source->mails = {"lunch at one", "hard"};
        fixture.read(source);
    }
    std::vector<std::string> copies;
    for (const auto& entry : std::filesystem::directory_iterator(fixture.folder.path() / "kept")) {
        copies.push_back(read_file(entry.path()));
    }
    CHECK(copies == std::vector<std::string>{"lunch at one"});
}

TEST_CASE("an invented Message-ID in every batch costs one search of all recipients") {
    Fixture fixture;
    auto source = std::make_shared<ListSource>();
    for (std::size_t i = 0; i < 3 * Intake::kMailsAtOnce; ++i) {
        source->mails.push_back(i % 500 == 0 ? "invented" : "policy " + std::to_string(i));
    }
    source->mails.push_back("returned");
    IntakeCounts counts = fixture.read(source);
    CHECK(counts.searches == 1);
    CHECK(counts.unmatched == 6);
    CHECK(counts.noted == source->mails.size() - 6);
    CHECK(fixture.entries() == "ann@one.example all bounce inbound a list;");
    CHECK(source->fates.size() == source->mails.size());
    CHECK(source->fates.at(1) == Fate::kKept);
    CHECK(source->fates.at(source->mails.size()) == Fate::kHandled);
    CHECK(fixture.read({"hard", "lost"}).searches == 0);
}

TEST_CASE("thousands of mails are settled in portions, every one") {
    Fixture fixture;
    auto source = std::make_shared<ListSource>();
    for (std::size_t i = 0; i < 2 * Intake::kMailsAtOnce + 1; ++i) {
        source->mails.push_back("hard " + std::to_string(i));
    }
    CHECK(fixture.read(source).noted == source->mails.size());
    CHECK(source->fates.size() == source->mails.size());
}
