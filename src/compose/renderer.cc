#include "compose/renderer.h"

#include <algorithm>
#include <array>

#include "compose/html_to_text.h"
#include "compose/parts.h"
#include "compose/preheader.h"

namespace tocsin {
namespace {

constexpr std::size_t kBuiltinFields = 3;  // email, unsubscribe_url and view_url, the last fields

// What is the same for everybody: the campaign's data and the built-in names.
Value constants_of(const Content& content) {
    Value::Map constants;
    if (const Value::Map* data = content.data.map()) constants = *data;
    const Organisation& organisation = content.organisation;
    constants.emplace_back("organisation",
                           Value::Map{{"name", organisation.name},
                                      {"postal_address", organisation.postal_address},
                                      {"website", organisation.website},
                                      {"colour", organisation.colour}});
    constants.emplace_back("campaign", Value::Map{{"id", content.campaign}});
    return constants;
}

// Headers are one line: a cell may hold line ends, a subject may not.
std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return text;
}

// The line that a place in one of the content's templates speaks of.
std::string excerpt_of(const Content& content, const Place& place) {
    for (const auto& [name, bytes] : content.templates) {
        if (shown_template(name) != place.file) continue;
        return std::string(SourceText(place.file, bytes).line(place.line));
    }
    const auto& preheader = content.preheader;
    bool in_preheader = preheader && preheader->place.line == place.line;
    return excerpt_of(in_preheader ? *preheader : content.subject);
}

std::unique_ptr<BoundTemplate> bind_part(const std::unique_ptr<Template>& part,
                                         const Value& constants,
                                         const std::vector<std::string>& names,
                                         Findings& findings) {
    return part ? part->bind(constants, names, findings) : nullptr;
}

}  // namespace

std::string excerpt_of(const TemplateText& text) {
    return std::string(static_cast<std::size_t>(std::max(text.place.column - 1, 0)), ' ') +
           text.text;
}

std::unique_ptr<Renderer> Renderer::make(const Content& content, const Columns& columns,
                                         Findings& findings) {
    // Who loaded the content has reported its syntax errors; what is sound is bound all the same,
    // so that one run shows the unknown names as well.
    Findings syntax;
    Parts parts = load_parts(content, files_of(content.templates), syntax);
    std::size_t errors_before = findings.errors();

    std::unique_ptr<Renderer> made(new Renderer);
    made->bind_fields(content, columns);
    std::vector<std::string> names;
    for (const Field& field : made->fields_) names.push_back(field.name);
    const Value constants = constants_of(content);
    made->subject_ = bind_part(parts.subject, constants, names, findings);
    made->preheader_ = bind_part(parts.preheader, constants, names, findings);
    made->html_ = bind_part(parts.html, constants, names, findings);
    made->text_ = bind_part(parts.text, constants, names, findings);
    if (syntax.has_errors() || findings.errors() > errors_before) return nullptr;
    made->collect_required(content);
    return made;
}

void Renderer::bind_fields(const Content& content, const Columns& columns) {
    columns_ = columns.size();
    for (const std::string& column : columns) {
        auto fallback = content.fallbacks.find(column);
        fields_.push_back({column, fallback == content.fallbacks.end() ? "" : fallback->second});
    }
    for (const auto& [name, value] : content.fallbacks) {
        bool is_column = std::find(columns.begin(), columns.end(), name) != columns.end();
        if (!is_column) fields_.push_back({name, value});
    }
    fields_.push_back({"email", ""});
    fields_.push_back({"unsubscribe_url", ""});
    fields_.push_back({"view_url", ""});
    values_.resize(fields_.size());
}

void Renderer::collect_required(const Content& content) {
    for (const BoundTemplate* part : {subject_.get(), preheader_.get(), html_.get(), text_.get()}) {
        if (part == nullptr) continue;
        for (const FieldUse& use : part->required()) {
            const Field& field = fields_[use.field];
            if (use.field >= columns_ || !field.fallback.empty()) continue;
            bool known = std::any_of(required_.begin(), required_.end(),
                                     [&](const auto& other) { return other.column == use.field; });
            if (known) continue;
            required_.push_back({use.field, field.name, use.place, excerpt_of(content, use.place)});
        }
    }
}

void Renderer::set_values(const std::vector<std::string>& cells, const Personal& personal) {
    for (std::size_t i = 0; i + kBuiltinFields < fields_.size(); ++i) {
        bool has_cell = i < columns_ && i < cells.size() && !cells[i].empty();
        values_[i] = has_cell ? std::string_view(cells[i]) : std::string_view(fields_[i].fallback);
    }
    values_[fields_.size() - 3] = personal.email;
    values_[fields_.size() - 2] = personal.unsubscribe_url;
    values_[fields_.size() - 1] = personal.view_url;
}

std::string Renderer::render_subject(const std::vector<std::string>& cells,
                                     const Personal& personal) {
    set_values(cells, personal);
    return one_line(subject_->render(values_));
}

Rendered Renderer::render(const std::vector<std::string>& cells, const Personal& personal) {
    Rendered out;
    out.subject = render_subject(cells, personal);
    if (preheader_) out.preheader = one_line(preheader_->render(values_));
    if (html_) out.html = html_->render(values_);
    out.text = text_ ? text_->render(values_) : html_to_text(out.html);
    if (html_ && !out.preheader.empty()) insert_preheader(out.html, out.preheader);
    return out;
}

}  // namespace tocsin
