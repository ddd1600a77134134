// What a single cell can spoil by itself, wherever a template prints it.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

enum class CellFault {
    kNone,
    kPlaceholder,  // a word that stands for no value: "N/A", "null", "-", "First Name"
    kMergeSyntax,  // a tag that an export did not fill in: {{name}}, *|FNAME|*, %%name%%
};

// Cells are trimmed already (audience/list_file.h); for every cell of every person, so quick.
CellFault judge_cell(std::string_view cell);

// Neither letters nor digits are in it: "-", ".", "???". An empty cell has none to lack.
bool has_no_word(std::string_view cell);

// What to show of a cell that holds merge syntax: from the tag's beginning to its end, at most 40
// bytes on one line.
std::string merge_tag_in(std::string_view cell);

}  // namespace tocsin
