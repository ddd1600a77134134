// Mails as the lint gets them: rendered by the real renderer, traced to their templates.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compose/renderer.h"
#include "lint/report.h"
#include "model/content.h"

namespace tocsin {

using Cells = std::map<std::string, std::string>;  // a recipient's, by column

// What `{{unsubscribe_url}}` gives in a test mail.
inline constexpr std::string_view kTestUnsubscribe = "https://u.harbour.example/u/preview";

struct TestMail {
    TracedMail mail;
    Content content;
};

// Templates t.html.mustache and t.txt.mustache, empty: no such part; a subject at c.yaml:3:10; the
// organisation is Harbour Action, 1 Quay Street, Port Anwen.
Content test_content(const std::string& html, const std::string& text = "");
// Rendered for someone@port.example. Fails the test where a template is faulty.
TestMail test_mail(Content content, const Cells& cells = {});
TestMail test_mail(const std::string& html, const std::string& text = "", const Cells& cells = {});

// "insecure-link 3:10", in the order of their discovery: what a test compares.
std::vector<std::string> shown(const Findings& findings);

}  // namespace tocsin
