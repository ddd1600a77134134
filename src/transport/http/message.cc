#include "transport/http/message.h"

namespace tocsin {

std::string HttpResponse::header(const std::string& name) const {
    for (const auto& [one, value] : headers) {
        if (one == name) return value;
    }
    return {};
}

}  // namespace tocsin
