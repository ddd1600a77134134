#include "delivery/witness_keeper.h"

#include <doctest/doctest.h>
#include <map>

#include "base/file.h"
#include "ledger/memory.h"

using namespace tocsin;

namespace {

// Elsewhere: it outlives the keeper.
struct Elsewhere {
    std::atomic<std::int64_t> highest = 0;
    std::atomic<int> asked = 0;
    std::atomic<bool> reachable = true;
};

class ScriptedWitness : public Witness {
  public:
    explicit ScriptedWitness(Elsewhere& elsewhere) : elsewhere_(elsewhere) {}
    std::int64_t tell(const std::string&, std::int64_t number, bool) override {
        ++elsewhere_.asked;
        if (!elsewhere_.reachable) throw LedgerError("the witness does not answer", "see to it");
        if (number > elsewhere_.highest) elsewhere_.highest = number;
        return elsewhere_.highest;
    }

  private:
    Elsewhere& elsewhere_;
};

struct Fixture {
    Elsewhere elsewhere;
    SystemClock clock;
    WitnessKeeper keeper{std::make_unique<ScriptedWitness>(elsewhere),
                         make_memory_ledger(),
                         clock,
                         {Milliseconds(5), Milliseconds(60), Milliseconds(5)}};

    template <class Condition>
    static bool comes_true(Condition condition) {
        for (int i = 0; i < 2000 && !condition(); ++i) {
            std::this_thread::sleep_for(Milliseconds(5));
        }
        return condition();
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "it counts at the begin, while it runs, and at the end") {
    keeper.begin();
    std::int64_t first = elsewhere.highest;
    CHECK(first > 0);
    CHECK(comes_true([&] { return elsewhere.highest > first; }));
    CHECK_FALSE(keeper.lost());
    int before = elsewhere.asked;
    keeper.end();
    CHECK(elsewhere.asked > before);
    int after = elsewhere.asked;
    std::this_thread::sleep_for(Milliseconds(30));
    CHECK(elsewhere.asked == after);
}

TEST_CASE_FIXTURE(Fixture, "a witness that cannot be reached at the begin: nothing begins") {
    elsewhere.reachable = false;
    CHECK_THROWS_AS(keeper.begin(), LedgerError);
    CHECK(elsewhere.asked == 1);
}

TEST_CASE_FIXTURE(Fixture, "a witness that drops for a moment ends nothing") {
    keeper.begin();
    elsewhere.reachable = false;
    int before = elsewhere.asked;
    CHECK(comes_true([&] { return elsewhere.asked > before; }));
    elsewhere.reachable = true;
    std::int64_t highest = elsewhere.highest;
    CHECK(comes_true([&] { return elsewhere.highest > highest; }));
    keeper.end();
}

TEST_CASE_FIXTURE(Fixture, "a witness that stays away: the run is told to stop, and why") {
    keeper.begin();
    elsewhere.reachable = false;
    CHECK(comes_true([&] { return keeper.lost().load(); }));
    CHECK(keeper.trouble() == "the witness does not answer");
    elsewhere.reachable = true;
    CHECK_THROWS_AS(keeper.end(), LedgerError);
}

TEST_CASE_FIXTURE(Fixture, "a newer copy that counts elsewhere is lost at once") {
    keeper.begin();
    elsewhere.highest = 1'000'000;
    CHECK(comes_true([&] { return keeper.lost().load(); }));
    CHECK(keeper.trouble().find("this ledger is an older copy") == 0);
}

TEST_CASE_FIXTURE(Fixture, "a fault at the end is an error: a copy might go unnoticed") {
    keeper.begin();
    elsewhere.reachable = false;
    CHECK_THROWS_AS(keeper.end(), LedgerError);
}

TEST_CASE("an end that nobody called counts, too") {
    Elsewhere elsewhere;
    SystemClock clock;
    {
        WitnessKeeper keeper(std::make_unique<ScriptedWitness>(elsewhere), make_memory_ledger(),
                             clock);
        keeper.begin();
        CHECK(elsewhere.asked == 3);  // held against, first use, counted
    }
    CHECK(elsewhere.asked == 4);
}
