#include "compose/renderer.h"

#include <algorithm>
#include <array>
#include <tuple>

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

std::unique_ptr<BoundTemplate> bind_part(const std::unique_ptr<Template>& part,
                                         const Value& constants,
                                         const std::vector<std::string>& names, Findings& findings,
                                         Faults faults) {
    return part ? part->bind(constants, names, findings, faults) : nullptr;
}

bool comes_before(const Place& a, const Place& b) {
    return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
}

// Puts a piece of one place over the bytes that were put into `trace.text`.
void note_insertion(Trace& trace, const std::string& with, Inserted inserted, TracePiece piece) {
    auto& pieces = trace.pieces;
    auto behind = std::ranges::lower_bound(pieces, inserted.begin, {}, &TracePiece::begin);
    const TracePiece* around = trace.piece(inserted.begin);
    const bool splits =
        around != nullptr && around->begin < inserted.begin && inserted.begin < trace.text.size();
    std::vector<TracePiece> added{std::move(piece)};
    added.front().begin = inserted.begin;
    if (splits) {
        added.push_back(*around);
        added.back().begin = inserted.begin;
        added.back().place = trace.place(inserted.begin);
    }
    for (auto later = behind; later != pieces.end(); ++later) later->begin += inserted.length;
    if (splits) added.back().begin += inserted.length;
    pieces.insert(behind, added.begin(), added.end());
    trace.text = with;
}

}  // namespace

std::string excerpt_of(const Content& content, const Place& place) {
    for (const auto& [name, bytes] : content.templates) {
        if (shown_template(name) != place.file) continue;
        return std::string(SourceText(place.file, bytes).line(place.line));
    }
    const auto& preheader = content.preheader;
    bool in_preheader = preheader && preheader->place.line == place.line;
    return excerpt_of(in_preheader ? *preheader : content.subject);
}

std::string excerpt_of(const TemplateText& text) {
    return std::string(static_cast<std::size_t>(std::max(text.place.column - 1, 0)), ' ') +
           text.text;
}

std::unique_ptr<Renderer> Renderer::make(const Content& content, const Columns& columns,
                                         Findings& findings, Faults faults) {
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
    made->subject_ = bind_part(parts.subject, constants, names, findings, faults);
    made->preheader_ = bind_part(parts.preheader, constants, names, findings, faults);
    made->html_ = bind_part(parts.html, constants, names, findings, faults);
    made->text_ = bind_part(parts.text, constants, names, findings, faults);
    const bool sound = !syntax.has_errors() && findings.errors() == errors_before;
    if (!sound && faults == Faults::kRefuse) return nullptr;
    made->collect_required(content);
    made->collect_branches(content);
    made->collect_used();
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

void Renderer::collect_branches(const Content& content) {
    for (const BoundTemplate* part : {subject_.get(), preheader_.get(), html_.get(), text_.get()}) {
        if (part == nullptr) continue;
        for (const FieldBranch& branch : part->branches()) {
            const Field& field = fields_[branch.field];
            if (branch.field >= columns_ || !field.fallback.empty()) continue;
            branches_.push_back({branch.field, field.name, branch.inverted, branch.place,
                                 excerpt_of(content, branch.place)});
        }
    }
    std::ranges::stable_sort(branches_, comes_before, &Branch::place);
}

void Renderer::collect_used() {
    std::vector<std::optional<Place>> first(columns_);
    for (const BoundTemplate* part : {subject_.get(), preheader_.get(), html_.get(), text_.get()}) {
        if (part == nullptr) continue;
        for (const FieldUse& use : part->uses()) {
            if (use.field < columns_ && !first[use.field]) first[use.field] = use.place;
        }
    }
    for (std::size_t column = 0; column < columns_; ++column) {
        if (!first[column]) continue;
        const Field& field = fields_[column];
        used_columns_.push_back({column, field.name, !field.fallback.empty(), *first[column]});
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
    return subject_ ? one_line(subject_->render(values_)) : "";
}

TracedMail Renderer::trace(const std::vector<std::string>& cells, const Personal& personal) {
    TracedMail out;
    out.mail = render(cells, personal);
    if (subject_) out.subject = subject_->trace(values_);
    if (preheader_) out.preheader = preheader_->trace(values_);
    if (html_) out.html = html_->trace(values_);
    if (text_) out.text = text_->trace(values_);
    if (!text_) out.text.text = out.mail.text;
    out.subject.text = out.mail.subject;
    out.preheader.text = out.mail.preheader;
    if (html_ && !out.mail.preheader.empty()) {
        std::string html = out.html.text;
        Inserted inserted = insert_preheader(html, out.mail.preheader);
        TracePiece piece = out.preheader.pieces.front();
        piece.kind = TracePiece::Kind::kConstant;
        note_insertion(out.html, html, inserted, std::move(piece));
    }
    return out;
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
