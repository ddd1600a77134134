// What a content is made of, as facts.
#pragma once

#include "delivery/facts.h"
#include "model/content.h"

namespace tocsin {

// Settings by their key, templates and attachments by file name, `data` by its first keys. Where
// a text stands in its file is none of them.
Facts facts_of(const Content& content);

// "20/s, 500/min"
std::string shown_rates(const Rates& rates);

}  // namespace tocsin
