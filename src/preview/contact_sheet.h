// The preview's index.html: every chosen mail on one self-contained page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compose/renderer.h"

namespace tocsin {

struct SheetEntry {
    std::string recipient;  // address
    std::string file;       // name of the .eml beside the page
    Rendered parts;
};

// Recipients' data cannot run in it: all text is escaped, mails are shown in sandboxed frames, and
// its Content-Security-Policy allows neither scripts nor the network.
std::string contact_sheet(std::string_view campaign, std::string_view from,
                          const std::vector<SheetEntry>& entries);

}  // namespace tocsin
