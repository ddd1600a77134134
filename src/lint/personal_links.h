// Links whose target begins with a recipient's column: they lead each person elsewhere, so each
// person's is judged.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compose/renderer.h"
#include "lint/target.h"
#include "model/content.h"

namespace tocsin {

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

// Where the link leads for a person whose cell this is; nothing to be said (kOther) of an empty
// cell, for which a fallback or nothing is printed, and of a loose link that is none.
Target target_for(const PersonalLink& link, std::string_view cell);

}  // namespace tocsin
