// Many short texts as one byte string, the way plans store the cells of a row and their columns:
// each text as its length (LEB128: seven bits a byte, lowest first) and its bytes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

std::string pack_texts(std::span<const std::string> texts);
// Appends what `pack_texts` gives.
void append_texts(std::string& bytes, std::span<const std::string> texts);

// Throws LedgerError where `bytes` did not come from `pack_texts`.
std::vector<std::string> unpack_texts(std::string_view bytes);

}  // namespace tocsin
