// Answers with the headers that all of them have.
#pragma once

#include <string>

#include "web/http.h"

namespace tocsin {

// For a page of ours, with its Content-Security-Policy.
WebResponse html_answer(Asked asked, int status, std::string html, const std::string& policy);
WebResponse text_answer(Asked asked, int status, std::string text);
// "405 …" with the methods that there are; "404 …"; "413 …"; "429 …"; and others; "401 …" asks for
// a password.
WebResponse refusal(Asked asked, int status);

// For a mail: its own styles, and its images from wherever they are; nothing that runs.
const std::string& mail_policy();

}  // namespace tocsin
