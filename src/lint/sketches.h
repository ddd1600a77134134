// What the templates can come to, seen before anybody is: mails of made-up people who, between
// them, take the branches one by one.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compose/composer.h"

namespace tocsin {

// What the cells of column `n` are in a sketch: a URL that no list has, so that what is made of it
// can be found again.
std::string sketch_cell(std::size_t column);

// Everybody's fields, nobody's, and for each of the first 24 columns that sections ask for: all but
// this one, and this one alone. A branch that needs a certain three columns may be missed.
std::vector<TracedMail> sketches(Composer& composer);

// The number of columns that the composer's mails can show.
std::size_t shown_columns(const Renderer& renderer);

}  // namespace tocsin
