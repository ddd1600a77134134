#include "probe/resolver.h"

#include <ares.h>
#include <arpa/nameser.h>
#include <cstdlib>
#include <poll.h>
#include <stdexcept>

#include "base/error.h"
#include "probe/name_server.h"

namespace tocsin {
namespace {

using Kind = DnsAnswer::Kind;

constexpr int kTries = 2;

struct Reply {
    bool done = false;
    int status = ARES_ETIMEOUT;
    std::vector<unsigned char> bytes{};
};

void take_reply(void* into, int status, int, unsigned char* bytes, int size) {
    auto& reply = *static_cast<Reply*>(into);
    reply.done = true;
    reply.status = status;
    if (bytes != nullptr) reply.bytes.assign(bytes, bytes + size);
}

void start_ares() {
    static const int started = ares_library_init(ARES_LIB_INIT_ALL);
    if (started != ARES_SUCCESS) throw std::runtime_error("c-ares cannot be started");
}

bool is_silence(int status) {
    return status == ARES_ETIMEOUT || status == ARES_ECONNREFUSED;
}

DnsAnswer of_status(int status) {
    switch (status) {
        case ARES_ENODATA:
            return {Kind::kNothing};
        case ARES_ENOTFOUND:
            return {Kind::kNoName};
        case ARES_EBADNAME:
        case ARES_EBADSTR:
            return {Kind::kNoName};
        case ARES_ESERVFAIL:
            return {Kind::kUnknown, {}, "the name server failed (SERVFAIL)"};
        case ARES_EREFUSED:
            return {Kind::kUnknown, {}, "the name server refused (REFUSED)"};
        default:
            break;
    }
    if (is_silence(status)) return {Kind::kUnknown, {}, "no name server answered"};
    return {Kind::kUnknown, {}, "the name server's answer cannot be understood"};
}

DnsAnswer texts_of(const std::vector<unsigned char>& bytes) {
    ares_txt_ext* first = nullptr;
    const int status =
        ares_parse_txt_reply_ext(bytes.data(), static_cast<int>(bytes.size()), &first);
    if (status != ARES_SUCCESS) return of_status(status);
    DnsAnswer answer{Kind::kFound};
    for (const ares_txt_ext* part = first; part != nullptr; part = part->next) {
        if (part->record_start != 0) answer.values.emplace_back();
        answer.values.back().append(reinterpret_cast<const char*>(part->txt), part->length);
    }
    ares_free_data(first);
    return answer;
}

DnsAnswer exchanges_of(const std::vector<unsigned char>& bytes) {
    ares_mx_reply* first = nullptr;
    const int status = ares_parse_mx_reply(bytes.data(), static_cast<int>(bytes.size()), &first);
    if (status != ARES_SUCCESS) return of_status(status);
    DnsAnswer answer{Kind::kFound};
    for (const ares_mx_reply* one = first; one != nullptr; one = one->next) {
        answer.values.emplace_back(one->host);
    }
    ares_free_data(first);
    return answer;
}

}  // namespace

struct Resolver::State {
    ares_channel channel = nullptr;
    int silences = 0;

    State(const std::string& server, Milliseconds timeout);
    ~State() { ares_destroy(channel); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    Reply ask(const std::string& name, int type);
    void wait();
};

Resolver::State::State(const std::string& server, Milliseconds timeout) {
    start_ares();
    ares_options options{};
    options.timeout = static_cast<int>(timeout.count());
    options.tries = kTries;
    // Without it an answer SERVFAIL would come out as silence.
    options.flags = ARES_FLAG_NOCHECKRESP;
    constexpr int kGiven = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_FLAGS;
    if (ares_init_options(&channel, &options, kGiven) != ARES_SUCCESS) {
        throw std::runtime_error("c-ares cannot be started");
    }
    if (server.empty()) return;
    if (ares_set_servers_ports_csv(channel, server.c_str()) != ARES_SUCCESS) {
        ares_destroy(channel);
        throw std::runtime_error("c-ares takes no name server");
    }
}

void Resolver::State::wait() {
    ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
    const auto wanted = static_cast<unsigned>(ares_getsock(channel, sockets, ARES_GETSOCK_MAXNUM));
    std::vector<pollfd> watched;
    for (int i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
        short events = 0;
        if (ARES_GETSOCK_READABLE(wanted, i)) events |= POLLIN;
        if (ARES_GETSOCK_WRITABLE(wanted, i)) events |= POLLOUT;
        if (events != 0) watched.push_back({sockets[i], events, 0});
    }
    timeval most{1, 0}, room{};
    const timeval* until = ares_timeout(channel, &most, &room);
    const auto patience = static_cast<int>(until->tv_sec * 1000 + until->tv_usec / 1000) + 1;
    ::poll(watched.data(), watched.size(), patience);
    for (const pollfd& one : watched) {
        const bool in = (one.revents & (POLLIN | POLLERR | POLLHUP)) != 0;
        const bool out = (one.revents & POLLOUT) != 0;
        ares_process_fd(channel, in ? one.fd : ARES_SOCKET_BAD, out ? one.fd : ARES_SOCKET_BAD);
    }
    ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);  // time-outs
}

Reply Resolver::State::ask(const std::string& name, int type) {
    Reply reply;
    if (silences >= kMostSilences) return reply;
    ares_query(channel, name.c_str(), ns_c_in, type, take_reply, &reply);
    while (!reply.done) wait();
    silences = is_silence(reply.status) ? silences + 1 : 0;
    return reply;
}

Resolver::Resolver(const std::string& server, Milliseconds timeout) {
    const auto address = server.empty() ? std::optional(server) : parse_name_server(server);
    if (!address) {
        throw UsageError("`" + server + "` is no address of a name server",
                         "such as 9.9.9.9, or 127.0.0.1:5353");
    }
    state_ = std::make_unique<State>(*address, timeout);
}

Resolver::~Resolver() = default;

DnsAnswer Resolver::txt(const std::string& name) {
    Reply reply = state_->ask(name, ns_t_txt);
    return reply.status == ARES_SUCCESS ? texts_of(reply.bytes) : of_status(reply.status);
}

DnsAnswer Resolver::mx(const std::string& name) {
    Reply reply = state_->ask(name, ns_t_mx);
    return reply.status == ARES_SUCCESS ? exchanges_of(reply.bytes) : of_status(reply.status);
}

DnsAnswer Resolver::address(const std::string& name) {
    DnsAnswer answer{};
    for (int type : {ns_t_a, ns_t_aaaa}) {
        Reply reply = state_->ask(name, type);
        if (reply.status == ARES_SUCCESS) return {Kind::kFound};
        answer = of_status(reply.status);
        if (answer.kind != Kind::kNothing) return answer;
    }
    return answer;
}

}  // namespace tocsin
