#include "mail/dkim_headers.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "mail/dkim_canon.h"

namespace tocsin {
namespace {

// What says who writes, to whom, what it is, and how to leave. RFC 8058 section 4 demands the two
// of unsubscribing.
constexpr std::array<std::string_view, 15> kSigned = {
    "From",        "To",           "Subject",          "Date",
    "Message-ID",  "MIME-Version", "Content-Type",     "Content-Transfer-Encoding",
    "Reply-To",    "List-Id",      "List-Unsubscribe", "List-Unsubscribe-Post",
    "Feedback-ID", "CFBL-Address", "CFBL-Feedback-ID"};

struct Field {
    std::string_view name;
    std::string_view text;  // name, colon and value, without the last CR LF
};

// Where the field that `header` begins with ends: at a line end that no blank follows.
std::size_t field_end(std::string_view header) {
    auto end = header.find("\r\n");
    while (end != header.npos && end + 2 < header.size() &&
           (header[end + 2] == ' ' || header[end + 2] == '\t')) {
        end = header.find("\r\n", end + 2);
    }
    return end;
}

std::vector<Field> fields_of(std::string_view header) {
    std::vector<Field> fields;
    while (!header.empty()) {
        auto end = field_end(header);
        std::string_view text = header.substr(0, end);
        fields.push_back({field_name(text), text});
        header.remove_prefix(end == header.npos ? header.size() : end + 2);
    }
    return fields;
}

}  // namespace

MessageParts split_message(std::string_view message) {
    if (message.starts_with("\r\n")) return {{}, message.substr(2)};
    auto end = message.find("\r\n\r\n");
    if (end == message.npos) return {message, {}};
    return {message.substr(0, end + 2), message.substr(end + 4)};
}

SignedHeaders signed_headers(std::string_view header) {
    SignedHeaders headers;
    headers.relaxed.reserve(header.size());
    auto fields = fields_of(header);
    // A verifier takes fields of one name from the last to the first (section 5.4.2).
    std::reverse(fields.begin(), fields.end());
    for (std::string_view name : kSigned) {
        if (!headers.names.empty()) headers.names += ": ";
        for (const Field& field : fields) {
            if (!ascii_iequals(field.name, name)) continue;
            append_relaxed_field(headers.relaxed, field.text);
            headers.names.append(name).append(": ");
        }
        headers.names += name;
    }
    return headers;
}

}  // namespace tocsin
