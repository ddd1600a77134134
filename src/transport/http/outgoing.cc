#include "transport/http/outgoing.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace tocsin {

Outgoing::Outgoing(const HttpRequest& request, const HttpLimits& limits, const Clock& clock,
                   std::function<void()> departing)
    : request_(request),
      limits_(limits),
      clock_(clock),
      departing_(std::move(departing)),
      url_(parse_url(request.url)),
      reader_(limits.most_body),
      moved_(clock.since_boot()),
      easy_(make_curl_easy()) {
    curl_easy_setopt(easy(), CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy(), CURLOPT_ERRORBUFFER, said_);
    set_route(easy(), url_.get());
    set_tls(easy());
    set_times();
    set_body();
    headers_ = set_headers(easy(), request_);
    reader_.attach(easy());
}

void Outgoing::set_times() {
    auto milliseconds = [](Milliseconds time) { return static_cast<long>(time.count()); };
    curl_easy_setopt(easy(), CURLOPT_CONNECTTIMEOUT_MS, milliseconds(limits_.connect));
    curl_easy_setopt(easy(), CURLOPT_MAXAGE_CONN, static_cast<long>(limits_.idle.count()));
    curl_easy_setopt(easy(), CURLOPT_TCP_KEEPALIVE, 1L);
}

void Outgoing::set_body() {
    curl_easy_setopt(easy(), CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(easy(), CURLOPT_POST, 1L);
    curl_easy_setopt(easy(), CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    curl_easy_setopt(easy(), CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request_.body.size()));
    curl_easy_setopt(easy(), CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(easy(), CURLOPT_READDATA, this);
    curl_easy_setopt(easy(), CURLOPT_SEEKFUNCTION, on_seek);
    curl_easy_setopt(easy(), CURLOPT_SEEKDATA, this);
    curl_easy_setopt(easy(), CURLOPT_PREREQFUNCTION, on_begin);
    curl_easy_setopt(easy(), CURLOPT_PREREQDATA, this);
}

std::size_t Outgoing::on_read(char* into, std::size_t one, std::size_t count, void* self) {
    return static_cast<Outgoing*>(self)->read(into, one * count);
}

std::size_t Outgoing::read(char* into, std::size_t room) {
    const std::size_t left = request_.body.size() - given_;
    const std::size_t size = std::min(left, room);
    if (size == left && !std::exchange(departed_, true)) departing_();
    std::memcpy(into, request_.body.data() + given_, size);
    given_ += size;
    moved_ = clock_.since_boot();
    return size;
}

// libcurl asks for the body once more: to send it again.
int Outgoing::on_seek(void* self, curl_off_t, int) {
    return static_cast<Outgoing*>(self)->rewind() ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

// Before the request's first byte, on each connection that it is tried on. libcurl does not rewind
// a body of which nothing has reached the socket.
int Outgoing::on_begin(void* self, char*, char*, int, int) {
    return static_cast<Outgoing*>(self)->rewind() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

bool Outgoing::rewind() {
    if (departed_) return false;
    given_ = 0;
    return true;
}

std::string Outgoing::why(CURLcode code) const {
    if (reader_.too_large()) return "the answer is too large";
    // Both are how the rule above looks from outside.
    bool resent = code == CURLE_SEND_FAIL_REWIND || code == CURLE_ABORTED_BY_CALLBACK;
    if (departed_ && resent) return "the server closed the connection without an answer";
    return reason_of(code, said_);
}

}  // namespace tocsin
