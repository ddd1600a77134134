// The URLs in a mail's HTML.
#pragma once

#include <vector>

#include "lint/document.h"
#include "lint/target.h"

namespace tocsin {

struct HtmlUrl {
    const HtmlNode* node;
    const HtmlAttribute* attribute;
    Target target;
    bool clicked;  // readers follow it; otherwise mail programs load it
};

// Those of links, images and backgrounds, in the order of the document; each written place once.
std::vector<HtmlUrl> html_urls(const Document& document);

}  // namespace tocsin
