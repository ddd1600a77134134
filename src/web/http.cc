#include "web/http.h"

#include "base/text.h"

namespace tocsin {

std::string WebRequest::header(std::string_view name) const {
    for (const auto& [known, value] : headers) {
        if (ascii_iequals(known, name)) return value;
    }
    return "";
}

}  // namespace tocsin
