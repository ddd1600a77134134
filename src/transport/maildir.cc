#include "transport/maildir.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <deque>
#include <mutex>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "base/condition.h"
#include "base/error.h"
#include "base/failpoint.h"
#include "base/file.h"
#include "base/random.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

constexpr std::size_t kMostWaiting = 64;

// The host's part of a unique name; `/` and `:` have a meaning in Maildirs.
std::string host_part() {
    char name[256] = "";
    if (::gethostname(name, sizeof name - 1) != 0) return "localhost";
    std::string host;
    for (const char* c = name; *c != '\0'; ++c) {
        if (*c == '/') {
            host += "\\057";
        } else if (*c == ':') {
            host += "\\072";
        } else {
            host += *c;
        }
    }
    return host.empty() ? "localhost" : host;
}

std::string with_envelope(const Message& message) {
    return "Return-Path: <" + message.envelope.from.wire() +
           ">\r\nDelivered-To: " + message.envelope.to.wire() + "\r\n" + message.bytes;
}

class MaildirTransport : public Transport {
  public:
    MaildirTransport(fs::path folder, const Clock& clock, Departures& departures)
        : folder_(std::move(folder)), clock_(clock), departures_(departures), host_(host_part()) {}

    std::size_t capacity() const override { return kMostWaiting; }
    std::size_t room() const override {
        return kMostWaiting - std::min(kMostWaiting, waiting_.size());
    }
    void expect(std::size_t) override {}
    void submit(Ticket ticket, Message message) override;
    void permit(Ticket ticket) override;
    void withdraw(Ticket ticket) override;
    void recall() override;
    std::vector<TransportEvent> poll(Milliseconds most) override;
    void wake() override;
    bool idle() const override { return waiting_.empty() && events_.empty(); }
    void probe() override;
    void close() override {}

  private:
    struct Waiting {
        Ticket ticket;
        Message message;
        WallTime started;
        bool permitted = false;
    };

    void make_folders();
    void deliver_permitted();
    void sleep(Milliseconds most);
    void deliver(const Waiting& one);
    void write_new_file(const Message& message, const std::string& name);
    void confirm_delivered();
    void give_up(const std::string& why);
    void finish(const Waiting& one, Phase phase, std::optional<SmtpReply> reply,
                std::string error = "");
    std::string unique_name();

    fs::path folder_;
    const Clock& clock_;
    Departures& departures_;
    std::string host_;
    bool made_ = false;
    std::uint64_t counter_ = 0;
    std::deque<Waiting> waiting_;
    std::vector<Waiting> renamed_;  // in new/, which is not synced yet
    std::vector<TransportEvent> events_;
    std::mutex mutex_;  // guards woken_
    Condition wakened_;
    bool woken_ = false;
};

void MaildirTransport::submit(Ticket ticket, Message message) {
    waiting_.push_back({ticket, std::move(message), clock_.now()});
    try {
        make_folders();
    } catch (const std::exception& fault) {
        return give_up(fault.what());
    }
}

void MaildirTransport::permit(Ticket ticket) {
    for (Waiting& one : waiting_) one.permitted = one.permitted || one.ticket == ticket;
}

void MaildirTransport::withdraw(Ticket ticket) {
    std::erase_if(waiting_, [&](const Waiting& one) {
        bool taken_back = one.ticket == ticket && !one.permitted;
        if (taken_back) events_.emplace_back(Returned{ticket});
        return taken_back;
    });
}

void MaildirTransport::recall() {
    for (const Waiting& one : std::exchange(waiting_, {})) {
        events_.emplace_back(Returned{one.ticket});
    }
}

// Nothing but the caller's own calls can make something happen here: without work this is a sleep.
std::vector<TransportEvent> MaildirTransport::poll(Milliseconds most) {
    deliver_permitted();
    if (events_.empty()) sleep(most);
    return std::exchange(events_, {});
}

void MaildirTransport::sleep(Milliseconds most) {
    std::unique_lock lock(mutex_);
    wakened_.wait_for(lock, most, [this] { return woken_; });
    woken_ = false;
}

void MaildirTransport::wake() {
    {
        std::lock_guard lock(mutex_);
        woken_ = true;
    }
    wakened_.notify_one();
}

void MaildirTransport::probe() {
    try {
        make_folders();
    } catch (const std::exception& fault) {
        throw Unavailable("the Maildir " + folder_.string() + " cannot be used: " + fault.what());
    }
}

void MaildirTransport::make_folders() {
    if (made_) return;
    for (const char* part : {"tmp", "new", "cur"}) make_private_folder(folder_ / part);
    made_ = true;
}

void MaildirTransport::deliver_permitted() {
    try {
        for (auto one = waiting_.begin(); one != waiting_.end();) {
            if (!one->permitted) {
                ++one;
                continue;
            }
            deliver(*one);
            renamed_.push_back(std::move(*one));
            one = waiting_.erase(one);
        }
    } catch (const std::exception& fault) {
        give_up(fault.what());
    }
    if (!renamed_.empty()) confirm_delivered();
}

void MaildirTransport::deliver(const Waiting& one) {
    std::string name = unique_name();
    fs::path temporary = folder_ / "tmp" / name;
    write_new_file(one.message, name);
    departures_.departing(one.ticket);
    if (::rename(temporary.c_str(), (folder_ / "new" / name).c_str()) == 0) return;
    int cause = errno;
    ::unlink(temporary.c_str());
    throw std::system_error(cause, std::generic_category(), "cannot rename " + temporary.string());
}

void MaildirTransport::write_new_file(const Message& message, const std::string& name) {
    fs::path temporary = folder_ / "tmp" / name;
    if (create_file(temporary, with_envelope(message))) return;
    throw std::system_error(EEXIST, std::generic_category(), "cannot create " + temporary.string());
}

// One sync of new/ serves the whole batch. If it fails, the mails are there, but may be gone after
// a power loss: in doubt.
void MaildirTransport::confirm_delivered() {
    failpoint("end-of-data-left");
    std::string error;
    try {
        sync_folder(folder_ / "new");
    } catch (const std::exception& fault) {
        error = fault.what();
    }
    for (const Waiting& one : std::exchange(renamed_, {})) {
        if (!error.empty()) {
            finish(one, Phase::kEndOfData, std::nullopt, error);
            continue;
        }
        finish(one, Phase::kEndOfData, SmtpReply{250, "2.0.0", "delivered to Maildir"});
    }
}

// A folder that cannot take one mail will not take the next: all that wait come back.
void MaildirTransport::give_up(const std::string& why) {
    made_ = false;
    recall();
    events_.emplace_back(Unusable{"the Maildir " + folder_.string() + " cannot be used: " + why,
                                  "see to free space and to the permissions of the folder"});
}

void MaildirTransport::finish(const Waiting& one, Phase phase, std::optional<SmtpReply> reply,
                              std::string error) {
    events_.emplace_back(Finished{
        one.ticket, {phase, std::move(reply), std::move(error), one.started, clock_.now()}});
}

// Time, process and counter as the format asks; the random part makes it safe to rename without
// looking whether the name is taken.
std::string MaildirTransport::unique_name() {
    auto since_epoch = clock_.now().time_since_epoch();
    auto seconds = std::chrono::floor<std::chrono::seconds>(since_epoch);
    auto micros = std::chrono::microseconds(since_epoch - seconds).count();
    return std::to_string(seconds.count()) + ".M" + std::to_string(micros) + "P" +
           std::to_string(::getpid()) + "Q" + std::to_string(++counter_) + "R" + random_hex(8) +
           "." + host_;
}

}  // namespace

std::unique_ptr<Transport> make_maildir_transport(const fs::path& folder, const Clock& clock,
                                                  Departures& departures) {
    return std::make_unique<MaildirTransport>(folder, clock, departures);
}

}  // namespace tocsin
