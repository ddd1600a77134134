// One request on its way, as a transfer of libcurl. It never leaves twice: libcurl sends a request
// again by itself where a reused connection dies before a byte of the response (and where an
// HTTP/2 server refuses the stream); here it may do so only as long as the end of the body has not
// been handed to it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/clock.h"
#include "transport/http/curl_request.h"
#include "transport/http/limits.h"
#include "transport/http/response_reader.h"

namespace tocsin {

class Outgoing {
  public:
    // `request`, a POST with a body, outlives it. `departing` is called once, right before the last
    // piece of the body is handed over. Throws Unavailable where the URL is not for us.
    Outgoing(const HttpRequest& request, const HttpLimits& limits, const Clock& clock,
             std::function<void()> departing);
    Outgoing(const Outgoing&) = delete;
    Outgoing& operator=(const Outgoing&) = delete;

    CURL* easy() const { return easy_.get(); }
    bool departed() const { return departed_; }
    // When the last piece of the body was taken, or it began; since boot.
    Milliseconds moved() const { return moved_; }
    std::string server() const { return shown_server(url_.get()); }

    // Of a transfer that libcurl has ended.
    HttpResponse take_response() { return reader_.take(easy_.get()); }
    std::string why(CURLcode code) const;

  private:
    static std::size_t on_read(char* into, std::size_t one, std::size_t count, void* self);
    static int on_seek(void* self, curl_off_t offset, int origin);
    static int on_begin(void* self, char*, char*, int, int);
    void set_body();
    void set_times();
    std::size_t read(char* into, std::size_t room);
    bool rewind();

    const HttpRequest& request_;
    const HttpLimits& limits_;
    const Clock& clock_;
    std::function<void()> departing_;
    CurlUrl url_;
    ResponseReader reader_;
    char said_[CURL_ERROR_SIZE] = "";
    std::size_t given_ = 0;  // bytes of the body that were handed over
    bool departed_ = false;
    Milliseconds moved_;
    CurlList headers_;
    CurlEasy easy_;  // first to go: it refers to all of the above
};

}  // namespace tocsin
