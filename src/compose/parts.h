// The four templates of a campaign: subject, preheader, HTML and text.
#pragma once

#include <memory>
#include <optional>

#include "base/diagnostic.h"
#include "compose/template_files.h"
#include "model/content.h"
#include "templating/template_set.h"

namespace tocsin {

// A part that the campaign does not have is null.
struct Parts {
    std::unique_ptr<Template> subject, preheader, html, text;
};

// Parses all of them, with `files` for the templates and their partials. Syntax errors of all go to
// `findings`; a part with errors is null.
Parts load_parts(const Content& content, const TemplateFile& files, Findings& findings);

}  // namespace tocsin
