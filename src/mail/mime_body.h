// The content of a message: from the Content-Type field to the end.
#pragma once

#include <string>

#include "mail/mime.h"

namespace tocsin {

// Appends content fields, the empty line and the content: text, HTML, or both as alternatives, with
// attachments around them. Ends with CR LF. Throws std::invalid_argument for an attachment whose
// name or media type no header can hold.
void append_body(std::string& out, const Draft& draft);

}  // namespace tocsin
