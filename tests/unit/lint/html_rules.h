// What the rules for HTML find in a mail.
#pragma once

#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "unit/lint/traced.h"

// So that a failed comparison shows both lists.
template <>
struct doctest::StringMaker<std::vector<std::string>> {
    static String convert(const std::vector<std::string>& lines) {
        std::string shown;
        for (const std::string& line : lines) shown += "[" + line + "]";
        return shown.c_str();
    }
};

namespace tocsin {

// A mail with nothing against it, `body` on its eighth line.
std::string sound_html(const std::string& body);

// The findings of everything that looks at the mail's HTML: "insecure-link 3:10".
std::vector<std::string> lint_of(Content content, const Cells& cells = {});
std::vector<std::string> lint_of(const std::string& html, const Cells& cells = {});
// Of `body` in an else sound mail: its lines count from 1.
std::vector<std::string> lint_body(const std::string& body, const Cells& cells = {});
// Messages instead of places.
std::vector<std::string> messages_of(const std::string& html, const Cells& cells = {});

}  // namespace tocsin
