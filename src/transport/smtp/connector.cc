#include "transport/smtp/connector.h"

#include <algorithm>
#include <array>
#include <utility>

#include "transport/smtp/curl_options.h"

namespace tocsin {

struct Connector::Try {
    CurlEasy easy{curl_easy_init()};
    ServerTalk talk;
    std::array<char, CURL_ERROR_SIZE> reason{};
    Milliseconds started{};

    // The TCP connection stands.
    bool reached() const {
        curl_off_t time = 0;
        curl_easy_getinfo(easy.get(), CURLINFO_CONNECT_TIME_T, &time);
        return time > 0;
    }
    Milliseconds deadline() const { return started + (reached() ? kSetUpTime : kReachTime); }
};

namespace {

// libcurl closes the oldest of more connections than this, also those that are in use by us.
constexpr long kMostCached = 100'000;

std::size_t on_line(char* data, std::size_t size, std::size_t count, void* talk) {
    bool go_on = static_cast<ServerTalk*>(talk)->add({data, size * count});
    return go_on ? size * count : 0;
}

}  // namespace

Connector::Connector(const SmtpSettings& settings, const std::string& ehlo, std::string password,
                     const Clock& clock)
    : settings_(settings),
      password_(std::move(password)),
      clock_(clock),
      url_(server_url(settings, ehlo)),
      multi_(make_curl_multi()) {
    check_client_certificate(settings_);
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, &Connector::on_socket);
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, &Connector::on_timer);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kMostCached);
}

// Links may live on in the multi handle: they must not call back.
Connector::~Connector() {
    abandon();
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, nullptr);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, nullptr);
}

void Connector::start() {
    auto one = std::make_unique<Try>();
    one->started = clock_.since_boot();
    set_options(*one);
    CURL* easy = one->easy.get();
    tries_.emplace(easy, std::move(one));
    curl_multi_add_handle(multi_.get(), easy);
}

void Connector::set_options(Try& one) {
    CURL* easy = one.easy.get();
    curl_easy_setopt(easy, CURLOPT_CURLU, url_.get());
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(kSetUpTime.count()));
    curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(kSetUpTime.count()));
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &on_line);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &one.talk);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, one.reason.data());
    set_route(easy, settings_);
    set_tls(easy, settings_);
    set_login(easy, settings_, password_);
}

std::optional<Milliseconds> Connector::due_in() const {
    std::optional<Milliseconds> due;
    auto consider = [&due](Milliseconds time) { due = std::min(due.value_or(time), time); };
    if (timer_) {
        consider(std::chrono::ceil<Milliseconds>(*timer_ - std::chrono::steady_clock::now()));
    }
    for (const auto& [easy, one] : tries_) consider(one->deadline() - clock_.since_boot());
    return due;
}

std::vector<ConnectOutcome> Connector::turn() {
    std::vector<ConnectOutcome> outcomes;
    if (tries_.empty() && !timer_) return outcomes;
    drive_sockets();
    take_finished(outcomes);
    take_too_slow(outcomes);
    return outcomes;
}

void Connector::drive_sockets() {
    int running = 0;
    if (timer_ && *timer_ <= std::chrono::steady_clock::now()) {
        timer_.reset();
        curl_multi_socket_action(multi_.get(), CURL_SOCKET_TIMEOUT, 0, &running);
    }
    std::array<epoll_event, 32> ready;
    for (const epoll_event& event : epoll_.wait(ready, Milliseconds(0))) {
        int what = 0;
        if ((event.events & EPOLLIN) != 0) what |= CURL_CSELECT_IN;
        if ((event.events & EPOLLOUT) != 0) what |= CURL_CSELECT_OUT;
        if ((event.events & (EPOLLERR | EPOLLHUP)) != 0) what |= CURL_CSELECT_ERR;
        curl_multi_socket_action(multi_.get(), event.data.fd, what, &running);
    }
}

void Connector::take_finished(std::vector<ConnectOutcome>& outcomes) {
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL* easy = message->easy_handle;
        CURLcode code = message->data.result;
        auto found = tries_.find(easy);
        if (found == tries_.end()) continue;
        outcomes.push_back(outcome_of(*found->second, code));
        // A link has taken the handle over, and stays in the multi handle.
        if (found->second->easy != nullptr) curl_multi_remove_handle(multi_.get(), easy);
        tries_.erase(found);
    }
}

ConnectOutcome Connector::outcome_of(Try& one, CURLcode code) {
    if (code != CURLE_OK) {
        auto number = [&](CURLINFO which) {
            long value = 0;
            curl_easy_getinfo(one.easy.get(), which, &value);
            return static_cast<int>(value);
        };
        return explain({code, one.reason.data(), number(CURLINFO_OS_ERRNO),
                        number(CURLINFO_PROXY_ERROR), number(CURLINFO_HTTP_CONNECTCODE), one.talk},
                       settings_);
    }
    // libcurl goes on without a login where the server offers none.
    if (must_log_in(settings_) && !one.talk.logged_in()) return no_login_offered(settings_);
    Capabilities capabilities = one.talk.capabilities();
    // The handle outlives this try: it must not write into it any more.
    curl_easy_setopt(one.easy.get(), CURLOPT_HEADERFUNCTION, nullptr);
    curl_easy_setopt(one.easy.get(), CURLOPT_HEADERDATA, nullptr);
    curl_easy_setopt(one.easy.get(), CURLOPT_ERRORBUFFER, nullptr);
    auto link = std::make_unique<Link>(multi_, std::move(one.easy));
    epoll_.forget(link->socket());  // from now on the owner of the link waits on it
    return Established{std::move(link), capabilities};
}

void Connector::take_too_slow(std::vector<ConnectOutcome>& outcomes) {
    for (auto one = tries_.begin(); one != tries_.end();) {
        if (clock_.since_boot() < one->second->deadline()) {
            ++one;
            continue;
        }
        auto time = one->second->reached() ? kSetUpTime : kReachTime;
        outcomes.emplace_back(too_slow(
            "does not answer: gave up after " + std::to_string(time.count()) + " s", settings_));
        curl_multi_remove_handle(multi_.get(), one->first);
        one = tries_.erase(one);
    }
}

void Connector::abandon() {
    for (const auto& [easy, one] : tries_) curl_multi_remove_handle(multi_.get(), easy);
    tries_.clear();
}

int Connector::on_socket(CURL* /*easy*/, curl_socket_t socket, int what, void* self, void*) {
    Epoll& epoll = static_cast<Connector*>(self)->epoll_;
    if (what == CURL_POLL_REMOVE) {
        epoll.forget(socket);
        return 0;
    }
    std::uint32_t wanted = 0;
    if (what == CURL_POLL_IN || what == CURL_POLL_INOUT) wanted |= EPOLLIN;
    if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT) wanted |= EPOLLOUT;
    epoll_data_t data{};
    data.fd = socket;
    epoll.watch(socket, wanted, data);
    return 0;
}

int Connector::on_timer(CURLM* /*multi*/, long milliseconds, void* self) {
    auto& timer = static_cast<Connector*>(self)->timer_;
    timer.reset();
    if (milliseconds >= 0) {
        timer = std::chrono::steady_clock::now() + Milliseconds(milliseconds);
    }
    return 0;
}

}  // namespace tocsin
