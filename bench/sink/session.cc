#include "sink/session.h"

#include <utility>

#include "base/text.h"

namespace tocsin::bench {
namespace {

constexpr std::size_t kLongestLine = 4096;

constexpr std::string_view kCapabilities =
    "250-sink.example\r\n250-PIPELINING\r\n250-SIZE 50000000\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
    "250 ENHANCEDSTATUSCODES";

// "TO:<ann@one.example> NOTIFY=NEVER" → "ann@one.example"
std::string_view path_in(std::string_view argument) {
    auto from = argument.find('<');
    auto to = argument.find('>');
    if (from == argument.npos || to == argument.npos || to < from) return {};
    return argument.substr(from + 1, to - from - 1);
}

// For commands that say nothing of a mail.
std::string_view reply_to(std::string_view verb) {
    if (verb == "ehlo") return kCapabilities;
    if (verb == "quit") return "221 2.0.0 goodbye";
    bool known = verb == "helo" || verb == "rset" || verb == "noop";
    return known ? "250 2.0.0 sink.example" : "500 5.5.1 unknown";
}

}  // namespace

SinkSession::SinkSession(Arrivals& arrivals, bool delayed)
    : arrivals_(arrivals), delayed_(delayed) {
    say("220 sink.example ESMTP");
}

void SinkSession::take(std::string_view bytes, std::int64_t now) {
    std::string joined;
    if (!pending_.empty()) {
        joined = std::exchange(pending_, {});
        joined.append(bytes);
        bytes = joined;
    }
    while (!bytes.empty() && !waiting_ && !ended_ && step(bytes, now)) {
    }
    pending_.assign(bytes);
}

void SinkSession::answer_end(std::int64_t now) {
    waiting_ = false;
    say("250 2.0.0 taken");
    take({}, now);
}

bool SinkSession::step(std::string_view& input, std::int64_t now) {
    if (in_data_) return take_data(input, now);
    auto end = input.find("\r\n");
    if (end == input.npos) {
        if (input.size() > kLongestLine) {
            say("500 5.5.2 line too long");
            ended_ = true;
        }
        return false;
    }
    command(input.substr(0, end), now);
    input.remove_prefix(end + 2);
    return true;
}

bool SinkSession::take_data(std::string_view& input, std::int64_t now) {
    auto size = end_.feed(input);
    input.remove_prefix(size.value_or(input.size()));
    if (!size) return false;
    arrivals_.mail_ended(now, end_.size(), recipients_);
    in_data_ = false;
    reset();
    if (delayed_) {
        waiting_ = true;
    } else {
        say("250 2.0.0 taken");
    }
    return true;
}

void SinkSession::command(std::string_view line, std::int64_t now) {
    auto blank = line.find(' ');
    std::string verb = ascii_lower(line.substr(0, blank));
    if (verb == "mail") return mail(now);
    if (verb == "rcpt") return rcpt(line);
    if (verb == "data") return data();
    if (verb == "rset") reset();
    ended_ = verb == "quit";
    say(reply_to(verb));
}

void SinkSession::mail(std::int64_t now) {
    if (has_sender_) return say("503 5.5.1 a mail is under way");
    has_sender_ = true;
    arrivals_.mail_began(now);
    say("250 2.1.0 sender");
}

void SinkSession::rcpt(std::string_view argument) {
    std::string_view address = path_in(argument);
    if (!has_sender_) return say("503 5.5.1 MAIL first");
    if (address.empty()) return say("501 5.1.3 an address in brackets");
    recipients_.push_back(hash_of(address));
    say("250 2.1.5 recipient");
}

void SinkSession::data() {
    if (recipients_.empty()) return say("503 5.5.1 RCPT first");
    in_data_ = true;
    say("354 go on");
}

void SinkSession::reset() {
    has_sender_ = false;
    recipients_.clear();
}

void SinkSession::say(std::string_view reply) {
    replies_.append(reply).append("\r\n");
}

}  // namespace tocsin::bench
