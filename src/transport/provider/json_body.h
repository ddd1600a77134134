// The pieces of which providers' JSON requests are made, and a reader of their responses that
// survives anything. Only the sources of this folder include this: it shows a third party's header.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/mime.h"
#include "model/message.h"
#include "transport/http/message.h"

namespace tocsin {

using Json = nlohmann::json;

// What is no UTF-8 is replaced: never throws for it.
std::string json_text(const Json& value);
// POST with `Content-Type` and `Accept` beside `headers`.
HttpRequest post_json(std::string url, HttpHeaders headers, const Json& body);

// Without line ends.
std::string base64(std::string_view bytes);
// The value of `Authorization`: RFC 7617.
std::string basic_auth(std::string_view user, std::string_view password);

// {"email": …, "name": …}; the name only where there is one.
Json person(const NamedMailbox& mailbox, const char* email = "email", const char* name = "name");
// `"Reem, Mark" <campaigns@harbour.example>`, in UTF-8; the address alone where there is no name.
std::string written_address(const NamedMailbox& mailbox);
// The draft's custom headers as name and value, ASCII where the header can be encoded, without
// those named in `forbidden` (any case of letters).
HttpHeaders custom_headers(const Draft& draft, std::span<const std::string_view> forbidden = {});
// {"tocsin": reference, "campaign": id}, without what is empty. Never null.
Json metadata(const Message& message);

// A whole JSON text of at most 1 MiB and 32 levels, or null. Never throws.
Json parse_json(std::string_view text);
// The member of an object, or null where there is none, or `value` is no object.
const Json& member(const Json& value, const char* key);
// A string as it is, a whole number in digits; empty for anything else.
std::string text_of(const Json& value);
// The elements of an array; none of anything else.
std::span<const Json> elements_of(const Json& value);

}  // namespace tocsin
