// The SQLite ledger beside the one in memory: random operations on both, every answer compared, and
// after each what both know.
//
// TOCSIN_MODEL_SEEDS=N runs so many seeds, from TOCSIN_MODEL_SEED on. A failure prints its seed and
// the operations that led to it.
#include <cstdlib>
#include <functional>
#include <random>
#include <set>

#include "unit/ledger/contract.h"
#include "unit/ledger/model_text.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

constexpr int kSteps = 250;
constexpr int kSeeds = 8;
const std::vector<MailingKey> kMailings{
    {"alert", ""}, {"bulletin", "2026-11"}, {"bulletin", "2026-12"}, {"call", ""}};
const std::vector<std::string> kZones{"", "Athens", "Lima", "Rome"};

int setting(const char* name, int otherwise) {
    const char* text = std::getenv(name);
    return text != nullptr ? std::atoi(text) : otherwise;
}

// One of the two ledgers, and what was taken from it.
struct Side {
    std::unique_ptr<Ledger> ledger;
    std::map<MailingKey, std::unique_ptr<SendSession>> sessions;
    std::map<std::pair<MailingKey, std::string>, RowId> ids;

    SendSession& session(const MailingKey& mailing) { return *sessions.at(mailing); }
    RowId id(const MailingKey& mailing, const std::string& key) { return ids.at({mailing, key}); }
};

// What the test knows of a session's row.
struct Held {
    bool sending = false;
    bool departed = false;
    std::optional<RowOutcome> answer;
};

struct Session {
    std::map<std::string, Held> held;
    // Rows came back or a gate parked some: the SQLite form then claims in another order than that
    // of the plan, and meets suppressed rows later.
    bool loose = false;
};

// Slots, and refusals where it is strict, that depend on the address and the question only.
class HashGate : public ClaimGate {
  public:
    HashGate(std::size_t salt, bool strict) : salt_(salt), strict_(strict) {}
    void open(PaceStore& store) override { spent_ = store.read("model"); }
    void close(PaceStore& store) override { store.write("model", spent_ + "."); }
    Answer ask(const std::string& key) override {
        if (strict_ && hash(key) % 11 == 0) return {Answer::Kind::kAllWait, {}, ""};
        return ask_group(key.substr(key.find('@') + 1));
    }
    Answer ask_group(const std::string& group) override {
        if (strict_ && hash(group) % 3 == 0) return {Answer::Kind::kGroupWaits, {}, group};
        return {Answer::Kind::kGo, Slot(salt_ % 1000), ""};
    }

  private:
    std::size_t hash(const std::string& text) const {
        return std::hash<std::string>{}(text) ^ salt_;
    }
    std::size_t salt_;
    bool strict_;
    std::string spent_;
};

// Lets just these rows through, with one slot.
class ChosenGate : public ClaimGate {
  public:
    ChosenGate(std::set<std::string> keys, Slot slot) : keys_(std::move(keys)), slot_(slot) {}
    void open(PaceStore&) override {}
    void close(PaceStore&) override {}
    Answer ask(const std::string& key) override {
        if (keys_.contains(key)) return {Answer::Kind::kGo, slot_, ""};
        others.insert(key);
        return {Answer::Kind::kGroupWaits, {}, "others"};
    }
    Answer ask_group(const std::string& group) override {
        return {Answer::Kind::kGroupWaits, {}, group};
    }
    std::set<std::string> others;  // could have been claimed, too

  private:
    std::set<std::string> keys_;
    Slot slot_;
};

class Model {
  public:
    explicit Model(unsigned seed) : random_(seed) {
        model_.ledger = make_memory_ledger();
        real_.ledger = open_sqlite_ledger(file_, OpenMode::kCreate);
        // So that mailings are numbered in the order of their names.
        for (const auto& mailing : kMailings) control(mailing, Control::kOpen);
        rename();
    }

    void step();
    const std::string& operations() const { return operations_; }

  private:
    using Operation = std::function<std::string(Side&)>;

    // --- chance ---
    std::size_t below(std::size_t bound) { return random_() % bound; }
    bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
    const MailingKey& some_mailing() { return kMailings[below(kMailings.size())]; }
    std::string some_key() {
        return "p" + std::to_string(below(40)) + "@d" + std::to_string(below(4)) + ".example";
    }
    std::string some_scope() { return chance(60) ? kEverything : chance(50) ? "news" : "other"; }

    // --- both sides ---
    static std::string outcome_of(const std::function<std::string()>& work);
    void both(const std::string& what, const Operation& operation);
    void compare(const std::string& what, const std::string& expected, const std::string& found);
    void compare_all();

    // --- operations ---
    void plan(const MailingKey& mailing);
    void begin(const MailingKey& mailing);
    void end(const MailingKey& mailing);
    void claim(const MailingKey& mailing);
    void claim_in_order(const MailingKey& mailing, std::size_t most);
    void claim_as_it_comes(const MailingKey& mailing, std::size_t most, bool strict);
    void take(Side& side, const MailingKey& mailing, const std::vector<ClaimedRow>& rows);
    void fly(const MailingKey& mailing);
    void commit(const MailingKey& mailing);
    void commit_stray(const MailingKey& mailing);
    RowOutcome some_outcome();
    void control(const MailingKey& mailing, Control control);
    void approve(const MailingKey& mailing);
    void suppress();
    bool hides(const std::string& key);
    std::string some_name(const std::string& key);
    void rename();
    void postpone(const MailingKey& mailing);
    void note();
    void feedback(const MailingKey& mailing);
    void unsuppress();
    void undo();
    void settle(const MailingKey& mailing);
    void resolve(const MailingKey& mailing);
    void recover(const MailingKey& mailing);
    void reopen();

    // --- what the test knows ---
    bool alive(const MailingKey& mailing) { return model_.sessions.contains(mailing); }
    bool waits(const MailingKey& mailing, const std::string& key);
    bool may_be_loose(const MailingKey& mailing);
    bool any_loose();

    TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "tocsin.db";
    std::mt19937 random_;
    KeyRing keys_{std::vector<std::string>{"a secret of today", "a secret of before"}};
    AddressNames names_;
    int clock_ = 0;
    Side model_, real_;
    std::map<MailingKey, Session> sessions_;
    std::string operations_;
};

std::string Model::outcome_of(const std::function<std::string()>& work) {
    try {
        return work();
    } catch (const Busy&) {
        return "Busy";
    } catch (const Refused&) {
        return "Refused";
    } catch (const std::invalid_argument&) {
        return "invalid argument";
    }
}

void Model::compare(const std::string& what, const std::string& expected,
                    const std::string& found) {
    if (expected == found) return;
    throw std::runtime_error(what + "\n--- in memory\n" + expected + "\n--- SQLite\n" + found);
}

void Model::both(const std::string& what, const Operation& operation) {
    operations_ += std::to_string(clock_) + " " + what + "\n";
    std::string expected = outcome_of([&] { return operation(model_); });
    std::string found = outcome_of([&] { return operation(real_); });
    operations_ += "    " + expected.substr(0, 200) + "\n";
    compare(what, expected, found);
}

// Whether the row may be claimed now or later.
bool Model::waits(const MailingKey& mailing, const std::string& key) {
    auto row = model_.ledger->explain(mailing, key);
    if (!row) return false;
    return row->state == State::kPlanned || row->state == State::kDeferred ||
           row->state == State::kSending;
}

bool Model::may_be_loose(const MailingKey& mailing) {
    auto plan = model_.ledger->plan(mailing);
    bool may = plan.has_value();
    model_.ledger->for_each_row(mailing, [&](const std::string& key, State) {
        may = may &&
              !(waits(mailing, key) && model_.ledger->is_suppressed(key, plan->list, at(clock_)));
    });
    return may;
}

bool Model::any_loose() {
    return std::any_of(sessions_.begin(), sessions_.end(),
                       [](const auto& one) { return one.second.loose; });
}

void Model::plan(const MailingKey& mailing) {
    auto kind = chance(40) ? PlanKind::kTopUp : chance(30) ? PlanKind::kFirst : PlanKind::kNew;
    const int zoned = chance(50) ? 0 : 70;
    PlanHeader head = header(mailing, chance(50) ? "news" : "");
    head.created = at(clock_);
    head.inputs = "inputs " + std::to_string(clock_);
    if (chance(10)) head.columns.pop_back();
    std::vector<PlanRow> rows;
    for (std::size_t i = below(30) + 1; i > 0; --i) {
        PlanRow row = person(some_key());
        row.cells.resize(head.columns.size());
        if (chance(10)) row.skip = SkipReason::kExcluded;
        if (chance(10)) row.detail = "a detail";
        if (chance(zoned)) row.zone = kZones[below(kZones.size())];
        rows.push_back(row);
    }
    bool finished = chance(85);
    bool skips = !any_loose() && chance(50);
    constexpr const char* kKinds[] = {" anew", " more", " first"};
    both("plan " + mailing.name() + kKinds[static_cast<int>(kind)], [&](Side& side) {
        auto writer = side.ledger->write_plan(head, kind);
        auto planned = rows;
        if (skips) side.ledger->skip_suppressed(planned, head.list, at(clock_));
        for (const PlanRow& row : planned) writer->add(row);
        if (finished) writer->commit({rows.size(), "hash of " + head.inputs});
        return std::string("planned");
    });
}

void Model::begin(const MailingKey& mailing) {
    bool began = false;
    both("begin " + mailing.name(), [&](Side& side) {
        auto session = side.ledger->begin_send(mailing, "model", at(clock_));
        std::string found = text(session->recovery());
        side.sessions[mailing] = std::move(session);
        began = true;
        return found;
    });
    if (began) sessions_[mailing] = {};
}

void Model::end(const MailingKey& mailing) {
    if (!alive(mailing)) return;
    both("end " + mailing.name(), [&](Side& side) {
        side.sessions.erase(mailing);
        return std::string("ended");
    });
    sessions_.erase(mailing);
}

void Model::take(Side& side, const MailingKey& mailing, const std::vector<ClaimedRow>& rows) {
    for (const ClaimedRow& row : rows) {
        side.ids[{mailing, row.address}] = row.id;
        sessions_[mailing].held[row.address];
    }
}

void Model::claim(const MailingKey& mailing) {
    if (!alive(mailing)) return;
    std::size_t most = chance(10) ? 0 : below(8) + 1;
    bool gated = chance(25) && may_be_loose(mailing);
    if (gated) sessions_[mailing].loose = true;
    if (sessions_[mailing].loose)
        claim_as_it_comes(mailing, most, gated);
    else
        claim_in_order(mailing, most);
}

void Model::claim_in_order(const MailingKey& mailing, std::size_t most) {
    both("claim " + mailing.name() + " " + std::to_string(most), [&](Side& side) {
        auto rows = side.session(mailing).claim(most, at(clock_));
        take(side, mailing, rows);
        std::string found;
        for (const ClaimedRow& row : rows) found += text(row) + "\n";
        return found;
    });
}

// The model claims what the SQLite form chose, and says whether it might have.
void Model::claim_as_it_comes(const MailingKey& mailing, std::size_t most, bool strict) {
    operations_ += std::to_string(clock_) + " claim " + mailing.name() + " as it comes\n";
    std::size_t salt = random_();
    HashGate gate(salt, strict);
    auto found = real_.session(mailing).claim(most, at(clock_), &gate);
    std::set<std::string> keys;
    for (const ClaimedRow& row : found) keys.insert(row.address);
    ChosenGate chosen(keys, Slot(salt % 1000));
    auto expected = model_.session(mailing).claim(1000, at(clock_), &chosen);
    auto sorted = [](const std::vector<ClaimedRow>& rows) {
        std::set<std::string> texts;
        for (const ClaimedRow& row : rows) texts.insert(text(row) + "\n");
        std::string all;
        for (const auto& one : texts) all += one;
        return all;
    };
    take(model_, mailing, expected);
    take(real_, mailing, found);
    compare("claim", sorted(expected), sorted(found));
    bool all = found.size() == std::min(most, found.size() + chosen.others.size());
    if (!strict && !all) compare("claim", "also " + *chosen.others.begin(), sorted(found));
}

// Before any commit: what the flight record alone would know.
void Model::fly(const MailingKey& mailing) {
    if (!alive(mailing)) return;
    for (auto& [key, held] : sessions_[mailing].held) {
        if (!held.sending || !chance(30)) continue;
        if (!held.departed) {
            both("departing " + key, [&](Side& side) {
                side.session(mailing).departing(side.id(mailing, key));
                return std::string();
            });
            held.departed = true;
        } else if (!held.answer && chance(20)) {
            both("not sent " + key, [&](Side& side) {
                side.session(mailing).not_sent(side.id(mailing, key));
                return std::string();
            });
            held.departed = false;
        } else if (!held.answer) {
            held.answer = some_outcome();
            both("answered " + key, [&](Side& side) {
                RowOutcome outcome = *held.answer;
                outcome.id = side.id(mailing, key);
                side.session(mailing).answered(outcome);
                return std::string(name(outcome.state));
            });
        }
    }
}

RowOutcome Model::some_outcome() {
    constexpr State kEnds[] = {State::kAccepted, State::kAccepted, State::kDeferred,
                               State::kDeferred, State::kRejected, State::kInDoubt,
                               State::kExpired};
    RowOutcome made = outcome(0, kEnds[below(std::size(kEnds))], clock_ - 1);
    if (made.state == State::kDeferred) made.not_before = at(clock_ + 1 + int(below(40)));
    if (made.state == State::kDeferred && chance(20)) made.not_before.reset();
    if (chance(30)) made.decision = "decided";
    if (made.state == State::kAccepted) return made;
    if (chance(30)) made = with_suppression(std::move(made), some_scope());
    made.soft_bounce = chance(40);
    return made;
}

void Model::commit(const MailingKey& mailing) {
    if (!alive(mailing)) return;
    Session& session = sessions_[mailing];
    bool may_return = session.loose || may_be_loose(mailing);
    bool open = model_.ledger->control(mailing).control == Control::kOpen;
    std::map<std::string, RowOutcome> outcomes;
    std::vector<std::string> returned, intents;
    for (auto& [key, held] : session.held) {
        if (!chance(50)) continue;
        if (may_return && chance(15) && !held.answer)
            returned.push_back(key);
        else if (held.sending)
            outcomes[key] = held.answer ? *held.answer : some_outcome();
        else if (open || may_return)
            intents.push_back(key);
    }
    session.loose = session.loose || !returned.empty() || (!open && !intents.empty());
    std::set<std::string> granted;
    both("commit " + mailing.name() + ": " + std::to_string(outcomes.size()) + " outcomes, " +
             std::to_string(returned.size()) + " returned, " + std::to_string(intents.size()) +
             " intents",
         [&](Side& side) {
             Batch batch;
             std::map<RowId, std::string> keys;
             for (auto& [key, outcome] : outcomes) {
                 batch.outcomes.push_back(outcome);
                 batch.outcomes.back().id = side.id(mailing, key);
             }
             for (auto& key : returned) batch.returned.push_back(side.id(mailing, key));
             for (auto& key : intents) batch.intents.push_back(side.id(mailing, key));
             for (auto& key : intents) keys[side.id(mailing, key)] = key;
             auto committed = side.session(mailing).commit(batch, at(clock_));
             std::string found = text(committed.control) + "; granted";
             for (RowId id : committed.granted) found += " " + keys.at(id);
             for (RowId id : committed.granted) granted.insert(keys.at(id));
             return found;
         });
    for (auto& [key, outcome] : outcomes) session.held.erase(key);
    for (auto& key : returned) session.held.erase(key);
    for (auto& key : intents) session.held.erase(key);
    for (auto& key : granted) session.held[key].sending = true;
}

// A row that is not held, behind one that is: nothing may happen.
void Model::commit_stray(const MailingKey& mailing) {
    if (!alive(mailing) || sessions_[mailing].held.empty()) return;
    const std::string& key = sessions_[mailing].held.begin()->first;
    both("commit a stray row of " + mailing.name(), [&](Side& side) {
        Batch batch;
        batch.intents = {side.id(mailing, key), 1'000'000};
        side.session(mailing).commit(batch, at(clock_));
        return std::string("committed");
    });
}

void Model::control(const MailingKey& mailing, Control control) {
    both("control " + mailing.name() + " " + std::to_string(static_cast<int>(control)),
         [&](Side& side) {
             side.ledger->set_control(mailing, control, "asked", at(clock_));
             return std::string("set");
         });
}

void Model::approve(const MailingKey& mailing) {
    auto some = [&] { return std::string(1, "ab"[below(2)]); };
    Approval approval{some(), some(), "s", "facts", chance(50) ? "Ann" : "Bob", at(clock_)};
    std::string people = std::to_string(clock_);
    both("approve " + mailing.name() + " by " + approval.by, [&](Side& side) {
        bool is_new = side.ledger->approve(mailing, approval, people);
        return std::string(is_new ? "new" : "known");
    });
}

bool Model::hides(const std::string& key) {
    return std::any_of(sessions_.begin(), sessions_.end(),
                       [&](const auto& one) { return one.second.loose && waits(one.first, key); });
}

std::string Model::some_name(const std::string& key) {
    return chance(70) ? key : names_.name(below(names_.kinds()), key);
}

// The workspace begins, or ceases, to keep hashes.
void Model::rename() {
    names_ = AddressNames(keys_, SuppressionKey("never changes"), !names_.hashes_new());
    both("names", [&](Side& side) {
        side.ledger->use_names(std::make_shared<AddressNames>(names_));
        return std::string(side.ledger->has_names("h:") ? "h:" : "");
    });
}

void Model::postpone(const MailingKey& mailing) {
    if (!alive(mailing)) return;
    const std::string& zone = kZones[below(kZones.size())];
    auto until = at(clock_ + int(below(60)) - 10);
    both("postpone " + zone + " of " + mailing.name() + " to " + text(until),
         [&](Side& side) { return std::to_string(side.session(mailing).postpone(zone, until)); });
}

void Model::note() {
    const std::string subject = chance(50) ? "a:" + std::to_string(below(3)) : "b";
    const std::string value = chance(20) ? "" : std::to_string(below(3));
    bool counts = chance(30);
    both("note " + subject, [&](Side& side) {
        if (counts) return std::to_string(side.ledger->advance_note(subject));
        bool is_new = side.ledger->set_note(subject, value);
        return side.ledger->note(subject) + (is_new ? " new" : " known");
    });
}

void Model::feedback(const MailingKey& mailing) {
    const std::string key = some_key();
    FeedbackNote note;
    note.feedback.id = std::to_string(below(60));
    note.feedback.kind = static_cast<FeedbackKind>(below(6));
    note.feedback.bounce = static_cast<BounceClass>(below(4));
    note.feedback.status = "5.1.1";
    note.feedback.source = "file b.eml";
    note.feedback.time = at(clock_);
    bool by_row = real_.ids.contains({mailing, key}) && chance(70);
    if (!by_row || chance(50)) note.feedback.address = some_name(key);
    if (!by_row || chance(50)) note.feedback.campaign = mailing.campaign;
    note.soft_bounce = chance(60) && !any_loose();
    if (chance(30) && !hides(key))
        note.suppress = Suppression{key, some_scope(), "complaint", "inbound", at(clock_), "alert"};
    both("feedback " + note.feedback.id, [&](Side& side) {
        FeedbackNote noted = note;
        if (by_row) noted.feedback.row = side.id(mailing, key);
        auto row = side.ledger->row_name(noted.feedback.row);
        return std::to_string(side.ledger->note_feedback(std::vector{noted})) + " " +
               (row ? text(*row) : "");
    });
}

void Model::suppress() {
    std::vector<Suppression> entries;
    for (std::size_t i = below(4) + 1; i > 0; --i) {
        std::string key = some_key();
        if (hides(key)) continue;
        entries.push_back({some_name(key), some_scope(), chance(50) ? "unsubscribe" : "bounce",
                           chance(20)   ? kFromReply
                           : chance(50) ? kFromPage
                                        : "web",
                           at(clock_), "alert"});
        if (chance(30)) entries.back().until = at(clock_ + 1 + int(below(60)));
    }
    both("suppress " + std::to_string(entries.size()),
         [&](Side& side) { return std::to_string(side.ledger->suppress(entries)); });
}

void Model::unsuppress() {
    SuppressionFilter filter{some_name(some_key()), chance(50) ? some_scope() : "",
                             chance(30) ? "unsubscribe" : ""};
    both("unsuppress", [&](Side& side) {
        return std::to_string(side.ledger->unsuppress(filter, "model", at(clock_)));
    });
}

void Model::undo() {
    ReplyFilter filter;
    if (chance(50)) filter.campaign = some_mailing().campaign;
    if (chance(50)) filter.from = at(clock_ - int(below(50)));
    if (chance(20)) filter.until = at(clock_ - int(below(20)));
    both("undo", [&](Side& side) {
        return std::to_string(side.ledger->undo_suppressions(filter, "model", at(clock_)));
    });
}

void Model::settle(const MailingKey& mailing) {
    if (!alive(mailing)) return;
    bool keep = !any_loose() && chance(60);
    both("settle " + mailing.name() + (keep ? " keep" : " forget"), [&](Side& side) {
        return std::to_string(side.session(mailing).settle_suppressions(keep, at(clock_)));
    });
}

void Model::resolve(const MailingKey& mailing) {
    std::map<std::string, Resolution> choices;
    model_.ledger->in_doubt(mailing, [&](const DoubtfulRow& row) {
        if (chance(60)) choices[row.key] = static_cast<Resolution>(below(4));
    });
    both("resolve " + mailing.name(), [&](Side& side) {
        std::vector<Verdict> verdicts;
        std::string found;
        side.ledger->in_doubt(mailing, [&](const DoubtfulRow& row) {
            found += row.key + " " + row.address + " " + std::to_string(row.attempts.size()) + "\n";
            auto choice = choices.find(row.key);
            if (choice != choices.end()) verdicts.push_back({row.id, choice->second, "seen"});
        });
        return found + std::to_string(side.ledger->resolve(mailing, verdicts, "model", at(clock_)));
    });
}

void Model::recover(const MailingKey& mailing) {
    both("recover " + mailing.name(),
         [&](Side& side) { return text(side.ledger->recover(mailing, "model", at(clock_))); });
}

void Model::reopen() {
    for (const auto& mailing : kMailings) end(mailing);
    operations_ += "reopen\n";
    real_.ledger.reset();
    real_.ledger = open_sqlite_ledger(file_, OpenMode::kExisting);
    rename();
}

void Model::compare_all() {
    for (const auto& mailing : kMailings) {
        compare(mailing.name(), text(*model_.ledger, mailing), text(*real_.ledger, mailing));
        const std::string key = some_key();
        const auto state = static_cast<State>(below(kStates));
        auto told = [&](Side& side) {
            auto row = side.ledger->explain(mailing, key);
            std::string all = row ? text(*row) : "unknown";
            for (const auto& one : side.ledger->rows(mailing, state, 3)) all += "\n" + text(one);
            if (side.sessions.contains(mailing)) {
                all += "\ndue " + text(side.session(mailing).next_due());
            }
            all += side.ledger->is_suppressed(key, "news", at(clock_)) ? "\nsuppressed" : "";
            all += "\n" + text(side.ledger->feedback_counts(mailing));
            return all;
        };
        compare("explain " + key + " in " + mailing.name(), told(model_), told(real_));
    }
    const std::string key = some_key();
    compare("suppressions", suppressions_text(*model_.ledger, key),
            suppressions_text(*real_.ledger, key));
    const std::vector<std::string> campaigns{"alert", "bulletin", "call"};
    compare("agenda", agenda_text(*model_.ledger, campaigns),
            agenda_text(*real_.ledger, campaigns));
    CHECK(model_.ledger->mailings() == real_.ledger->mailings());
}

void Model::step() {
    clock_ += 1 + int(below(5));
    const MailingKey& mailing = some_mailing();
    if (chance(8)) chance(70) ? postpone(mailing) : note();
    const std::size_t choice = below(100);
    if (choice < 5)
        plan(mailing);
    else if (choice < 15)
        begin(mailing);
    else if (choice < 19)
        end(mailing);
    else if (choice < 40)
        claim(mailing);
    else if (choice < 50)
        fly(mailing);
    else if (choice < 72)
        commit(mailing);
    else if (choice < 74)
        commit_stray(mailing);
    else if (choice < 79)
        control(mailing, chance(30) ? Control::kHeld : Control::kOpen);
    else if (choice < 80 && chance(25))
        control(mailing, Control::kCancelled);
    else if (choice < 81)
        approve(mailing);
    else if (choice < 83)
        suppress();
    else if (choice < 84)
        chance(20) ? rename() : feedback(mailing);
    else if (choice < 86)
        unsuppress();
    else if (choice < 87)
        undo();
    else if (choice < 90)
        settle(mailing);
    else if (choice < 95)
        resolve(mailing);
    else if (choice < 97)
        recover(mailing);
    else if (choice < 98)
        reopen();
    else
        feedback(mailing);
    compare_all();
}

}  // namespace

TEST_CASE("the SQLite ledger does what the one in memory does, whatever is asked") {
    const unsigned first = static_cast<unsigned>(setting("TOCSIN_MODEL_SEED", 1));
    const unsigned seeds = static_cast<unsigned>(setting("TOCSIN_MODEL_SEEDS", kSeeds));
    for (unsigned seed = first; seed < first + seeds; ++seed) {
        Model model(seed);
        try {
            for (int i = 0; i < kSteps; ++i) model.step();
        } catch (const std::exception& difference) {
            FAIL("TOCSIN_MODEL_SEED=" << seed << "\n"
                                      << model.operations() << "\n"
                                      << std::string(difference.what()));
        }
    }
}
