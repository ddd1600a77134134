// One plain text of a mail, as the rules look at it, and how they say what they found.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "compose/renderer.h"
#include "lint/report.h"
#include "model/content.h"

namespace tocsin {

// Everything outlives it.
struct PlainText {
    const Trace& trace;
    const Content& content;
    std::string_view name;  // for messages: "the subject"
    Place begin;            // of its template: for what lacks, and what the whole is
    LintReport& report;

    std::string_view text() const { return trace.text; }
    // Adds a finding at the place that wrote the byte at `offset`.
    void add(std::string_view id, std::size_t offset, std::string message, std::string hint) const;
    // At the beginning of its template.
    void add_whole(std::string_view id, std::string message, std::string hint) const;

    // Whether a recipient's field gave the byte at `offset`.
    bool is_field(std::size_t offset) const;
    // The text as it is for people with short cells: at most so many characters of each. How long
    // it is for a single person is the audience's lint to say.
    std::string with_short_cells(std::size_t most) const;
};

}  // namespace tocsin
