// The side of WebServer that libmicrohttpd calls, on the one thread of its event loop.
#pragma once

#include <atomic>
#include <microhttpd.h>
#include <optional>
#include <string>

#include "web/connection_table.h"
#include "web/server.h"

namespace tocsin {

class WebServer::Daemon {
  public:
    Daemon(Descriptor listener, const ServeLimits& limits, Desk& desk);
    ~Daemon();

    ConnectionTable& table() { return table_; }

  private:
    // One request: made with its header, gone when its answer is out or its connection.
    struct Exchange {
        WebRequest request;
        std::string body;
        std::optional<WebResponse> response;  // set once, before the connection is resumed
        bool is_given_up = false;             // ... or this, where no answer came
        std::size_t viewed = 0;               // its part of `viewed_`
        std::size_t most_body = 0;            // bytes
        bool is_webhook = false;              // its body counts in `webhooks_` until it is answered
        std::size_t kept = 0;                 // its part of that
    };
    class Pending;

    static MHD_Result on_request(void* daemon, MHD_Connection* connection, const char* url,
                                 const char* method, const char* version, const char* upload,
                                 std::size_t* upload_size, void** exchange);
    static void on_completed(void* daemon, MHD_Connection* connection, void** exchange,
                             MHD_RequestTerminationCode how);
    static void on_connection(void* daemon, MHD_Connection* connection, void** entry,
                              MHD_ConnectionNotificationCode what);

    MHD_Daemon* start(const ServeLimits& limits);
    MHD_Result go_on(MHD_Connection* connection, const char* url, const char* method,
                     const char* upload, std::size_t* upload_size, void** exchange);
    MHD_Result begin(MHD_Connection* connection, const char* url, const char* method,
                     void** exchange);
    void take_body(Exchange& exchange, const char* upload, std::size_t* upload_size);
    bool keep(Exchange& exchange, std::size_t more);
    MHD_Result hand_over(MHD_Connection* connection, Exchange& exchange);
    void finish(Exchange& exchange, WebResponse response);
    MHD_Result answer(MHD_Connection* connection, WebResponse response);
    bool wait_for(std::size_t ConnectionTable::Counts::*count, std::chrono::seconds patience);

    Desk& desk_;
    const ServeLimits limits_;
    std::atomic<std::size_t> viewed_{0};  // bytes of mails that readers have not taken yet
    std::size_t webhooks_ = 0;            // bytes of webhooks; the event loop's alone
    ConnectionTable table_;
    Descriptor listener_;
    std::atomic<bool> refusing_{false};
    MHD_Daemon* daemon_ = nullptr;  // last: its thread uses all of the above
};

}  // namespace tocsin
