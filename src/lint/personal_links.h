// Links whose target begins with a recipient's column: they lead each person elsewhere, so each
// person's is judged.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compose/renderer.h"
#include "model/content.h"

namespace tocsin {

enum class Leads {
    kSafely,    // https:, or what opens no page (mailto:, tel:)
    kOpenly,    // http:
    kToScript,  // javascript:, vbscript:, data:
    kNowhere,   // no scheme, "//host" included: a mail has no address that it adds to
};

struct PersonalLink {
    std::size_t column;  // index into Columns
    std::string name;
    std::string rest;  // what follows the column's value, with other columns made up
    Place place;       // of the link in its template
    // Only a text part has it, where it is a link only if the cell looks like one.
    bool loose;
};

// Each column with each ending once, of mails with made-up cells (lint/sketches.h); at most 32.
std::vector<PersonalLink> personal_links(const std::vector<TracedMail>& sketches,
                                         const Renderer& renderer, const Content& content);

struct PersonalTarget {
    Leads leads = Leads::kSafely;
    std::string host;
};

// Where the link leads for a person whose cell this is. Nothing is said of an empty cell, for which
// a fallback or nothing is printed, and of a loose link that is none.
PersonalTarget target_for(const PersonalLink& link, std::string_view cell);

}  // namespace tocsin
