#include "compose/media_type.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace tocsin {

std::string media_type_of(const std::filesystem::path& file) {
    using Entry = std::pair<std::string_view, std::string_view>;
    static constexpr std::array<Entry, 14> kTypes = {{
        {".pdf", "application/pdf"},
        {".ics", "text/calendar"},
        {".txt", "text/plain"},
        {".csv", "text/csv"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".gif", "image/gif"},
        {".zip", "application/zip"},
        {".odt", "application/vnd.oasis.opendocument.text"},
        {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
        {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {".vcf", "text/vcard"},
    }};
    std::string ending = ascii_lower(file.extension().string());
    auto found = std::find_if(kTypes.begin(), kTypes.end(),
                              [&](const Entry& entry) { return entry.first == ending; });
    return std::string(found == kTypes.end() ? "application/octet-stream" : found->second);
}

}  // namespace tocsin
