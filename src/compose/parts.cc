#include "compose/parts.h"

namespace tocsin {
namespace {

// A text from the campaign file: an unescaped one-line template whose places are those of the file.
std::unique_ptr<Template> load_line(const TemplateText& line, const TemplateFile& files,
                                    Findings& findings) {
    LoadOptions options;
    options.escape = Escape::kNone;
    return load_template(SourceText(line.place.file, line.text),
                         partials_from(files, PartKind::kText), options, findings, line.place);
}

std::unique_ptr<Template> load_file(const std::string& name, PartKind kind,
                                    const TemplateFile& files, Findings& findings) {
    auto bytes = name.empty() ? std::nullopt : files(name);
    if (!bytes) return nullptr;
    LoadOptions options;
    options.escape = kind == PartKind::kHtml ? Escape::kHtml : Escape::kNone;
    return load_template(SourceText(shown_template(name), std::move(*bytes)),
                         partials_from(files, kind), options, findings);
}

}  // namespace

Parts load_parts(const Content& content, const TemplateFile& files, Findings& findings) {
    Parts parts;
    parts.subject = load_line(content.subject, files, findings);
    if (content.preheader) parts.preheader = load_line(*content.preheader, files, findings);
    parts.html = load_file(content.html, PartKind::kHtml, files, findings);
    parts.text = load_file(content.text, PartKind::kText, files, findings);
    return parts;
}

}  // namespace tocsin
