// Copies of a mail's HTML as different clients show it, to be put into a sandboxed frame.
//
// A frame without scripts cannot be told from outside which colours its reader prefers, nor be kept
// from asking for pictures without an error for each: so the copy says it.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

enum class FramedLook {
    kLight,
    kDark,  // the mail's own dark styles; where it has none, its colours turned, as some clients do
    kNoImages,  // light, as clients show a mail whose pictures they do not load: their `alt`
};

// Pictures of the net are drawings of their size with their name on them; `data:` pictures stay.
// Links have a target that a sandbox refuses to open. Where the copy needs it,
// `prefers-color-scheme` is decided.
std::string framed_html(std::string_view html, FramedLook look);

// Whether the mail says anything of dark colours.
bool has_dark_styles(std::string_view html);

}  // namespace tocsin
