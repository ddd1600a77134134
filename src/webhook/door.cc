#include "webhook/door.h"

#include <exception>
#include <iterator>
#include <thread>

#include "base/failpoint.h"
#include "base/log.h"
#include "webhook/parse.h"

namespace tocsin {

ProviderDoor::ProviderDoor(std::vector<WebhookAccount> accounts, std::unique_ptr<Ledger> ledger,
                           const KeyRing& keys, const Clock& clock, Certificates::Fetch fetch)
    : verifier_(std::move(accounts), std::move(fetch), clock),
      ledger_(std::move(ledger)),
      keys_(keys),
      clock_(clock) {}

void ProviderDoor::take(ProviderKind provider, WebRequest post, Answer answer) {
    if (!verifier_.expects(provider)) {
        tell_what_is_missing(provider);
        return refuse(provider, {404, "unconfigured"}, answer);
    }
    {
        std::lock_guard lock(mutex_);
        if (waiting_.size() < kMostWaiting) {
            waiting_.push_back({provider, std::move(post), std::move(answer)});
            worker_.add([this] { work(); });
            return;
        }
    }
    refuse(provider, {503, "busy"}, answer);
}

void ProviderDoor::refuse(ProviderKind provider, const WebhookProof& proof, const Answer& answer) {
    counts_.refused(provider, proof.refusal);
    answer(proof.status);
}

// Once: scanners may ask as often as they like.
void ProviderDoor::tell_what_is_missing(ProviderKind provider) {
    {
        std::lock_guard lock(mutex_);
        if (!told_.insert(provider).second) return;
    }
    const char* what = provider == ProviderKind::kSes ? "topics" : "webhook_secret";
    log_warning("a webhook of " + std::string(title(provider)) + " was refused: set `" + what +
                "` of its transport in tocsin.yaml");
}

// Of the posts at the front: what a thread should hold at once.
std::size_t ProviderDoor::how_many_now() const {
    std::size_t count = 0, bytes = 0;
    while (count < std::min(waiting_.size(), kMostTogether)) {
        bytes += waiting_[count].post.body.size();
        if (count > 0 && bytes > kMostBytesTogether) break;
        ++count;
    }
    return count;
}

// Once for each post; the first does the work of those that came with it.
void ProviderDoor::work() {
    std::vector<Waiting> taken;
    {
        std::lock_guard lock(mutex_);
        auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(how_many_now());
        taken.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
        waiting_.erase(waiting_.begin(), end);
    }
    if (!taken.empty()) work_on(std::move(taken));
}

void ProviderDoor::work_on(std::vector<Waiting> waiting) {
    std::vector<WebhookPost> posts;
    std::vector<Waiting> good;
    for (Waiting& one : waiting) {
        const WebhookProof proof = read(one, posts);
        one.post = {};  // its body is not needed any more
        if (proof.good()) {
            good.push_back(std::move(one));
        } else {
            refuse(one.provider, proof, one.answer);
        }
    }
    const bool noted = note(posts);
    for (const Waiting& one : good) {
        if (noted) {
            one.answer(200);
        } else {
            refuse(one.provider, {503, "ledger"}, one.answer);
        }
    }
}

// Whatever goes wrong, who waits is told, and the others go on.
WebhookProof ProviderDoor::read(Waiting& one, std::vector<WebhookPost>& posts) {
    constexpr WebhookProof kMalformed{400, "malformed"};
    try {
        const WebhookProof proof = verifier_.prove(one.provider, one.post);
        if (!proof.good()) return proof;
        std::string id = one.post.header("svix-id");
        std::string body = std::move(one.post.body);
        if (one.provider == ProviderKind::kSes) {
            auto message = SnsMessage::parse(body);
            if (!message) return kMalformed;
            if ((*message)["Type"] == "SubscriptionConfirmation")
                return verifier_.confirm(*message);
            if ((*message)["Type"] != "Notification") {
                log_warning("the subscription of an SNS topic of ours was ended");
                return kGenuine;
            }
            id = (*message)["MessageId"];
            body = (*message)["Message"];
        }
        auto events = parse_webhook(one.provider, body, id);
        if (!events) return kMalformed;
        posts.push_back({one.provider, std::move(*events)});
        return kGenuine;
    } catch (const std::exception&) {  // which may quote what was read
        log_warning("a webhook of " + std::string(title(one.provider)) + " could not be read");
        return {503, "error"};
    }
}

// In portions: half of them do no harm, since the provider comes again with all of them.
void ProviderDoor::write(std::span<const FeedbackNote> notes) {
    constexpr std::chrono::milliseconds kGap{2};  // in which who waits for the ledger gets it
    while (!notes.empty()) {
        const std::size_t count = std::min(notes.size(), kMostNotesAtOnce);
        ledger_->note_feedback(notes.first(count));
        notes = notes.subspan(count);
        if (!notes.empty()) std::this_thread::sleep_for(kGap);
    }
}

bool ProviderDoor::note(const std::vector<WebhookPost>& posts) {
    try {
        const WebhookNotes found = notes_of(posts, *ledger_, keys_, clock_.now());
        failpoint("webhook-before-note");
        write(found.notes);
        failpoint("webhook-after-note");
        for (ProviderKind provider : found.nobodys) counts_.nobodys(provider);
    } catch (const std::exception& error) {
        log_warning("what providers told could not be noted: " + redacted(error.what()));
        verifier_.forget_tokens();
        return false;
    }
    for (const WebhookPost& post : posts) {
        for (const WebhookEvent& event : post.events) counts_.took(post.provider, event);
    }
    return true;
}

}  // namespace tocsin
