#include "delivery/adopt_ledger.h"

#include <fstream>

#include "base/machine.h"
#include "delivery/witness.h"
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace fs = std::filesystem;

namespace {

struct Fixture : SqliteForm {
    Workspace workspace;

    Fixture() {
        workspace.root = folder.path();
        workspace.ledger = folder.path() / "state" / "tocsin.db";
        fs::create_directories(folder.path() / "campaigns");
        for (const char* id : {"alert", "begun", "done", "new", "over"}) {
            std::ofstream(folder.path() / "campaigns" / (std::string(id) + ".yaml"))
                << "id: " << id << "\n";
        }
        for (const char* id : {"alert", "begun", "done", "over"}) plan(id);
        send("begun", 1);
        send("done", 2);
        ledger->set_control({"over", ""}, Control::kCancelled, "no more", at(2));
    }
    void plan(const std::string& id) {
        write_plan(*ledger, header({id, ""}),
                   {person("a@" + id + ".example"), person("b@" + id + ".example")});
    }
    void send(const std::string& id, std::size_t most) {
        auto session = ledger->begin_send({id, ""}, "test", at(1));
        for (const ClaimedRow& row : session->claim(most, at(1))) {
            RowOutcome outcome;
            outcome.id = row.id;
            outcome.state = State::kAccepted;
            outcome.transport = "outbox";
            session->begin_sending(std::span(&outcome.id, 1), at(1));
            session->record(std::span(&outcome, 1));
        }
    }
    Adoption adopt() { return adopt_ledger(workspace, *ledger, "test", at(9)); }
    Control control(const std::string& id) { return ledger->control({id, ""}).control; }
    static std::vector<std::string> names(const std::vector<MailingKey>& mailings) {
        std::vector<std::string> names;
        for (const MailingKey& mailing : mailings) names.push_back(mailing.shown());
        return names;
    }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE_FIXTURE(Fixture, "what is planned and not finished is held, nothing else") {
    Adoption adoption = adopt();
    CHECK(names(adoption.held) == Names{"alert", "begun"});
    CHECK(adoption.unplanned.empty());
    CHECK(control("begun") == Control::kHeld);
    CHECK(ledger->control({"begun", ""}).reason.find("adopted") != std::string::npos);
    CHECK(control("done") == Control::kOpen);
    CHECK(control("over") == Control::kCancelled);
    CHECK(control("new") == Control::kOpen);
    CHECK(ledger->note(kAdoptedNote) == "");
}

TEST_CASE_FIXTURE(Fixture,
                  "a backup knows nothing of later plans: campaigns without one are held") {
    ledger->set_note(kBackupNote, iso8601(at(5)));
    CHECK(look_at_ledger(workspace, *ledger).lacks());
    CHECK(control("new") == Control::kOpen);
    Adoption adoption = adopt();
    CHECK(adoption.marks.backup == iso8601(at(5)));
    CHECK(adoption.unplanned == Names{"new"});
    CHECK(control("new") == Control::kHeld);
    CHECK(ledger->note(kBackupNote) == "");
    CHECK(ledger->note(kAdoptedNote) == iso8601(at(9)));
    CHECK_FALSE(look_at_ledger(workspace, *ledger).lacks());
}

TEST_CASE_FIXTURE(Fixture, "once more tells the same, and keeps what was held before") {
    ledger->set_control({"alert", ""}, Control::kHeld, "not before noon", at(3));
    adopt();
    Adoption again = adopt();
    CHECK(names(again.held) == Names{"alert", "begun"});
    CHECK(ledger->control({"alert", ""}).reason == "not before noon");
}

TEST_CASE_FIXTURE(Fixture, "an older copy by its witness counts on, and lacks what came since") {
    workspace.witness.file = folder.path() / "witness";
    auto witness = open_witness(workspace);
    hold_against(*witness, *ledger, at(3));
    std::string number = ledger->note(kGenerationNote);
    count_up(*witness, *ledger);
    ledger->set_note(kGenerationNote, number);
    Adoption adoption = adopt();
    CHECK(adoption.older);
    CHECK(adoption.unplanned == Names{"new"});
    hold_against(*witness, *ledger, at(10));
}

TEST_CASE_FIXTURE(Fixture, "a witness out of reach: refused as before, and all is held") {
    ledger->set_note(kBackupNote, iso8601(at(5)));
    workspace.witness.command = "exit 1";
    CHECK_THROWS_AS(adopt(), LedgerError);
    CHECK_THROWS_AS(demand_unmarked(*ledger), LedgerError);
}

TEST_CASE_FIXTURE(Fixture, "while somebody sends, nothing is adopted") {
    auto session = ledger->begin_send({"alert", ""}, "another", at(4));
    CHECK_THROWS_AS(adopt(), Busy);
    CHECK(ledger->note(kAdoptedNote) == "");
}
