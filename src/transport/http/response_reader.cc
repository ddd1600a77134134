#include "transport/http/response_reader.h"

#include <string_view>
#include <utility>

#include "base/text.h"

namespace tocsin {

void ResponseReader::attach(CURL* easy) {
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
}

HttpResponse ResponseReader::take(CURL* easy) {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    return std::move(response_);
}

std::size_t ResponseReader::on_body(char* bytes, std::size_t one, std::size_t count, void* to) {
    auto& self = *static_cast<ResponseReader*>(to);
    self.too_large_ = self.response_.body.size() + one * count > self.most_;
    if (self.too_large_) return 0;
    self.response_.body.append(bytes, one * count);
    return one * count;
}

std::size_t ResponseReader::on_header(char* bytes, std::size_t one, std::size_t count, void* to) {
    auto& self = *static_cast<ResponseReader*>(to);
    self.header_bytes_ += one * count;
    self.too_large_ = self.header_bytes_ > kMostHeaders;
    if (self.too_large_) return 0;
    self.take_header(trim({bytes, one * count}));
    return one * count;
}

// Lines of an interim response (1xx) are followed by those of the final one.
void ResponseReader::take_header(std::string_view line) {
    auto colon = line.find(':');
    if (line.starts_with("HTTP/")) {
        response_.headers.clear();
    } else if (colon != std::string_view::npos) {
        response_.headers.emplace_back(ascii_lower(line.substr(0, colon)),
                                       trim(line.substr(colon + 1)));
    }
}

}  // namespace tocsin
