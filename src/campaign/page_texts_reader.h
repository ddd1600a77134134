// `unsubscribe.texts` of tocsin.yaml: the words of the pages, by language.
#pragma once

#include "campaign/node.h"
#include "model/page_texts.h"

namespace tocsin {

// A language must be whole, English may give what it changes only. What had a fault is left out,
// and reported at its place.
PageTexts read_page_texts(const Node& node);

}  // namespace tocsin
