#include "lint/excerpts.h"

#include "compose/renderer.h"
#include "compose/template_files.h"

namespace tocsin {

std::string Excerpts::at(const Place& place) {
    auto known = templates_.find(place.file);
    if (known != templates_.end()) return std::string(known->second.line(place.line));
    for (const auto& [name, bytes] : content_.templates) {
        if (shown_template(name) != place.file) continue;
        const auto& source = templates_.emplace(place.file, SourceText(place.file, bytes)).first;
        return std::string(source->second.line(place.line));
    }
    return excerpt_of(content_, place);
}

}  // namespace tocsin
