// Which header fields a DKIM signature covers, RFC 6376 section 5.4.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

struct MessageParts {
    std::string_view header;  // whole fields, without the empty line after them
    std::string_view body;
};

MessageParts split_message(std::string_view message);

struct SignedHeaders {
    // For `h=`: each name once more than it occurs, so that nobody can add such a field to a signed
    // mail (section 8.15). A blank wherever a line may be folded.
    std::string names;
    std::string relaxed;  // the fields in the order of `names`, in relaxed form
};

SignedHeaders signed_headers(std::string_view header);

}  // namespace tocsin
