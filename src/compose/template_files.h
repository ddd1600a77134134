// Which file a partial's name means: `{{> part}}` in an HTML template is part.html.mustache, in a
// text template part.txt.mustache, and where there is none of that kind part.mustache.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "templating/template_set.h"

namespace tocsin {

enum class PartKind { kHtml, kText };

// What a partial may be called: a plain relative path that cannot leave the templates.
bool is_partial_name(std::string_view name);

// Bytes of the file `name` (relative to templates/), or nothing.
using TemplateFile = std::function<std::optional<std::string>(const std::string& name)>;

// From a folder, each file that was asked for noted in `read`.
TemplateFile files_in(const std::filesystem::path& folder,
                      std::map<std::string, std::string>& read);
// From the bytes that a plan froze. `frozen` must outlive the result.
TemplateFile files_of(const std::map<std::string, std::string>& frozen);

PartialSource partials_from(TemplateFile files, PartKind kind);

// How templates are named to the user: "templates/NAME".
std::string shown_template(const std::string& name);

}  // namespace tocsin
