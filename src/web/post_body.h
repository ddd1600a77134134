// The fields of a POST's body.
#pragma once

#include <string_view>

#include "web/form.h"

namespace tocsin {

// `multipart/form-data` (RFC 7578), or `application/x-www-form-urlencoded` for everything else:
// receivers send one click with odd types and parameters, or with none, and what they mean is
// plain. The parts of a multipart body are told apart by its own first delimiter.
Form read_form(std::string_view content_type, std::string_view body);

}  // namespace tocsin
