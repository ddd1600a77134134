// Gathers the response of one transfer, within bounds.
#pragma once

#include <cstddef>
#include <string_view>

#include "transport/curl_handles.h"
#include "transport/http/message.h"

namespace tocsin {

class ResponseReader {
  public:
    static constexpr std::size_t kMostHeaders = 64u << 10;  // bytes

    explicit ResponseReader(std::size_t most_body) : most_(most_body) {}
    ResponseReader(const ResponseReader&) = delete;
    ResponseReader& operator=(const ResponseReader&) = delete;

    // It outlives the transfer.
    void attach(CURL* easy);
    // The transfer was given up for it.
    bool too_large() const { return too_large_; }
    // Of a transfer that has ended well. Once.
    HttpResponse take(CURL* easy);

  private:
    static std::size_t on_body(char* bytes, std::size_t one, std::size_t count, void* self);
    static std::size_t on_header(char* bytes, std::size_t one, std::size_t count, void* self);
    void take_header(std::string_view line);

    std::size_t most_;
    std::size_t header_bytes_ = 0;
    bool too_large_ = false;
    HttpResponse response_;
};

}  // namespace tocsin
