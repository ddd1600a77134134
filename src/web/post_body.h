// The fields of a POST's body. Shows libmicrohttpd: for the server only.
#pragma once

#include <microhttpd.h>
#include <string_view>

#include "web/form.h"

namespace tocsin {

// `application/x-www-form-urlencoded` or `multipart/form-data`, as the connection's Content-Type
// says; a body of no known type is read as one `name=value`, for receivers that leave it out.
Form read_form(MHD_Connection* connection, std::string_view body);

}  // namespace tocsin
