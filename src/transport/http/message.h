// What goes to an HTTP server and what comes back, without the library that carries them.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace tocsin {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    HttpHeaders headers;
    std::string body;
};

struct HttpResponse {
    int status = 0;
    HttpHeaders headers;  // names in lower case
    std::string body;

    // The first of that name, or empty.
    std::string header(const std::string& name) const;
};

}  // namespace tocsin
