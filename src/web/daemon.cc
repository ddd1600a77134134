#include "web/daemon.h"

#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <thread>
#include <utility>

#include "base/error.h"
#include "base/log.h"
#include "web/post_body.h"
#include "web/route.h"

namespace tocsin {
namespace {

// Some of the connections that the library takes are being cut off, and count no more for us.
std::size_t most_of(std::size_t connections) {
    return connections - connections / 8;
}

// Paths stay as they come: no token needs an escape, and %00 must not end one.
std::size_t leave_escaped(void*, MHD_Connection*, char* text) {
    return std::strlen(text);
}

std::string value(MHD_Connection* connection, MHD_ValueKind kind, const char* name) {
    const char* found = MHD_lookup_connection_value(connection, kind, name);
    return found == nullptr ? "" : found;
}

struct Headers {
    decltype(WebRequest::headers) taken;
    std::exception_ptr fault;  // which must not pass through the library
};

MHD_Result take_header(void* headers, MHD_ValueKind, const char* name, const char* text) {
    auto& into = *static_cast<Headers*>(headers);
    try {
        into.taken.emplace_back(name, text == nullptr ? "" : text);
        return MHD_YES;
    } catch (...) {
        into.fault = std::current_exception();
        return MHD_NO;
    }
}

decltype(WebRequest::headers) headers_of(MHD_Connection* connection) {
    Headers headers;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, &take_header, &headers);
    if (headers.fault) std::rethrow_exception(headers.fault);
    return std::move(headers.taken);
}

// Nothing where the client does not say; more than fits is the same as too much.
std::size_t announced_body(MHD_Connection* connection) {
    return std::strtoull(value(connection, MHD_HEADER_KIND, "Content-Length").c_str(), nullptr, 10);
}

ConnectionTable::Entry* entry_of(MHD_Connection* connection) {
    const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return static_cast<ConnectionTable::Entry*>(info->socket_context);
}

}  // namespace

// The desk's way to answer. Where it is lost on whatever way, the client is not left waiting.
class WebServer::Daemon::Pending {
  public:
    Pending(MHD_Connection* connection, Exchange& exchange)
        : connection_(connection), exchange_(exchange) {}
    Pending(const Pending&) = delete;
    Pending& operator=(const Pending&) = delete;
    ~Pending() {
        if (!is_suspended_) return;
        exchange_.is_given_up = true;
        MHD_resume_connection(connection_);
    }
    void suspend() {
        MHD_suspend_connection(connection_);
        is_suspended_ = true;
    }
    // Once resumed, the exchange is the event loop's again, which may end it at once.
    void answer(Daemon& daemon, WebResponse response) {
        daemon.finish(exchange_, std::move(response));
        is_suspended_ = false;
        MHD_resume_connection(connection_);
    }

  private:
    MHD_Connection* connection_;
    Exchange& exchange_;
    bool is_suspended_ = false;
};

WebServer::Daemon::Daemon(Descriptor listener, const ServeLimits& limits, Desk& desk)
    : desk_(desk),
      limits_(limits),
      table_(most_of(limits.connections), limits.patience),
      listener_(std::move(listener)),
      daemon_(start(limits)) {
    if (daemon_ == nullptr) throw Unavailable("the web server cannot be started");
}

MHD_Daemon* WebServer::Daemon::start(const ServeLimits& limits) {
    constexpr unsigned kFlags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    desk_.set_connections([this] {
        ConnectionTable::Counts counts = table_.counts();
        return Metrics::Connections{counts.open, counts.overdue, counts.crowded};
    });
    return MHD_start_daemon(
        kFlags, 0, nullptr, nullptr, &on_request, this, MHD_OPTION_LISTEN_SOCKET, listener_.get(),
        MHD_OPTION_CONNECTION_LIMIT, static_cast<unsigned>(limits.connections),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.header, MHD_OPTION_NOTIFY_CONNECTION,
        &on_connection, this, MHD_OPTION_NOTIFY_COMPLETED, &on_completed, this,
        MHD_OPTION_UNESCAPE_CALLBACK, &leave_escaped, nullptr, MHD_OPTION_END);
}

// Whoever has a whole request is answered; the library must not be stopped while somebody waits for
// the desk.
WebServer::Daemon::~Daemon() {
    constexpr std::chrono::seconds kForTheSlow{3}, kForever{3600};
    MHD_quiesce_daemon(daemon_);
    listener_ = Descriptor();
    wait_for(&ConnectionTable::Counts::open, kForTheSlow);
    refusing_ = true;
    wait_for(&ConnectionTable::Counts::at_work, kForever);
    wait_for(&ConnectionTable::Counts::answering, kForTheSlow);
    MHD_stop_daemon(daemon_);
}

// Until there are none of these.
bool WebServer::Daemon::wait_for(std::size_t ConnectionTable::Counts::*count,
                                 std::chrono::seconds patience) {
    auto until = ConnectionTable::Clock::now() + patience;
    while (table_.counts().*count > 0) {
        if (ConnectionTable::Clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

void WebServer::Daemon::on_connection(void* daemon, MHD_Connection* connection, void** entry,
                                      MHD_ConnectionNotificationCode what) {
    ConnectionTable& table = static_cast<Daemon*>(daemon)->table_;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        try {
            *entry = table.open(info->connect_fd, ConnectionTable::Clock::now());
        } catch (const std::bad_alloc&) {
            *entry = nullptr;  // its requests are refused
        }
    } else if (*entry != nullptr) {
        table.close(static_cast<ConnectionTable::Entry*>(*entry));
    }
}

void WebServer::Daemon::on_completed(void* daemon, MHD_Connection*, void** known,
                                     MHD_RequestTerminationCode) {
    auto* exchange = static_cast<Exchange*>(*known);
    if (exchange != nullptr) {
        static_cast<Daemon*>(daemon)->viewed_ -= exchange->viewed;
        static_cast<Daemon*>(daemon)->webhooks_ -= exchange->kept;
    }
    delete exchange;
    *known = nullptr;
}

// Called with the header, with each piece of the body, and once more at its end; and again when an
// answer is there.
MHD_Result WebServer::Daemon::on_request(void* self, MHD_Connection* connection, const char* url,
                                         const char* method, const char*, const char* upload,
                                         std::size_t* upload_size, void** known) {
    // Nothing may be thrown through the library; who is not answered is cut off.
    if (entry_of(connection) == nullptr) return MHD_NO;
    try {
        return static_cast<Daemon*>(self)->go_on(connection, url, method, upload, upload_size,
                                                 known);
    } catch (...) {
        log_warning("a request could not be answered");
        return MHD_NO;
    }
}

MHD_Result WebServer::Daemon::go_on(MHD_Connection* connection, const char* url, const char* method,
                                    const char* upload, std::size_t* upload_size, void** known) {
    if (*known == nullptr) return begin(connection, url, method, known);
    Exchange& exchange = *static_cast<Exchange*>(*known);
    if (exchange.response) return answer(connection, std::move(*exchange.response));
    if (exchange.is_given_up) return answer(connection, desk_.refuse(503));
    if (*upload_size > 0) {
        take_body(exchange, upload, upload_size);
        return MHD_YES;
    }
    return hand_over(connection, exchange);
}

MHD_Result WebServer::Daemon::begin(MHD_Connection* connection, const char* url, const char* method,
                                    void** exchange) {
    auto made = std::make_unique<Exchange>();
    WebRequest& request = made->request;
    request.method = method;
    request.path = url;
    request.after = value(connection, MHD_GET_ARGUMENT_KIND, "after");
    request.headers = headers_of(connection);
    const bool is_webhook =
        request.method == "POST" && route_of(request.path).place == Route::Place::kWebhook;
    made->is_webhook = is_webhook;
    made->most_body = is_webhook ? limits_.webhook : limits_.body;
    const std::size_t most_body = made->most_body;
    *exchange = made.release();
    if (announced_body(connection) <= most_body) return MHD_YES;
    // Now is the moment to refuse a body before it comes.
    return answer(connection, desk_.refuse(413));
}

void WebServer::Daemon::take_body(Exchange& exchange, const char* upload,
                                  std::size_t* upload_size) {
    WebRequest& request = exchange.request;
    if (exchange.body.size() + *upload_size > exchange.most_body) request.too_large = true;
    if (!request.too_large && !request.crowded && keep(exchange, *upload_size)) {
        exchange.body.append(upload, *upload_size);
    }
    *upload_size = 0;
}

// What providers post, or somebody in their name, must not fill the memory.
bool WebServer::Daemon::keep(Exchange& exchange, std::size_t more) {
    if (!exchange.is_webhook) return true;
    if (webhooks_ + more > limits_.webhooks) {
        exchange.request.crowded = true;
        std::string().swap(exchange.body);
        webhooks_ -= std::exchange(exchange.kept, 0);
        return false;
    }
    webhooks_ += more;
    exchange.kept += more;
    return true;
}

MHD_Result WebServer::Daemon::hand_over(MHD_Connection* connection, Exchange& exchange) {
    table_.work(entry_of(connection));
    if (refusing_) return answer(connection, desk_.refuse(503));
    if (exchange.is_webhook) {
        exchange.request.body = std::move(exchange.body);
    } else if (exchange.request.method == "POST" && !exchange.request.too_large) {
        exchange.request.form = read_form(exchange.request.header("Content-Type"), exchange.body);
    }
    auto pending = std::make_shared<Pending>(connection, exchange);
    pending->suspend();
    try {
        desk_.take(std::move(exchange.request), [this, pending](WebResponse response) {
            pending->answer(*this, std::move(response));
        });
    } catch (...) {
        log_warning("a request could not be answered");
    }
    return MHD_YES;
}

// Many who read their mails slowly must not fill the memory; pages are small.
void WebServer::Daemon::finish(Exchange& exchange, WebResponse response) {
    if (response.asked == Asked::kView) {
        exchange.viewed = response.body.size();
        if ((viewed_ += exchange.viewed) > limits_.views) {
            response = desk_.refuse(503);
            viewed_ -= std::exchange(exchange.viewed, 0);
        }
    }
    exchange.response = std::move(response);
}

// By value: what the library copies is not kept a second time while a slow reader takes it.
MHD_Result WebServer::Daemon::answer(MHD_Connection* connection, WebResponse response) {
    table_.answer(entry_of(connection), ConnectionTable::Clock::now());
    auto* made = MHD_create_response_from_buffer(response.body.size(), response.body.data(),
                                                 MHD_RESPMEM_MUST_COPY);
    if (made == nullptr) return MHD_NO;
    for (const auto& [name, text] : response.headers) {
        MHD_add_response_header(made, name.c_str(), text.c_str());
    }
    MHD_add_response_header(made, "Connection", "close");
    MHD_Result result =
        MHD_queue_response(connection, static_cast<unsigned>(response.status), made);
    MHD_destroy_response(made);
    return result;
}

}  // namespace tocsin
