#include "templating/tracer.h"

#include <algorithm>

#include "base/html.h"

namespace tocsin::templating {
namespace {

// The step that closes the section which the step at `open` opens.
std::size_t end_of_section(const std::vector<Step>& steps, std::size_t open) {
    std::size_t depth = 0;
    for (std::size_t i = open; i < steps.size(); ++i) {
        const Step::Kind kind = steps[i].kind;
        if (kind == Step::Kind::kOpen || kind == Step::Kind::kOpenInverted) ++depth;
        if (kind == Step::Kind::kClose && --depth == 0) return i;
    }
    return steps.size() - 1;
}

}  // namespace

Trace Tracer::run(const Program& program) const {
    Trace out;
    const std::vector<Step>& steps = program.steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        switch (step.kind) {
            case Step::Kind::kText:
                out.pieces.push_back(piece(step, out.text.size()));
                out.text.append(program.texts()[step.number], step.begin, step.length);
                break;
            case Step::Kind::kPrint:
            case Step::Kind::kPrintEscaped:
                print(step, out);
                break;
            case Step::Kind::kOpen:
                if (fields_[step.number].empty()) i = end_of_section(steps, i);
                break;
            case Step::Kind::kOpenInverted:
                if (!fields_[step.number].empty()) i = end_of_section(steps, i);
                break;
            case Step::Kind::kClose:
                break;
        }
    }
    return out;
}

void Tracer::print(const Step& step, Trace& out) const {
    if (step.number >= fields_.size()) {
        return call(bound_.calls[step.number - fields_.size()], step, out);
    }
    std::string_view value = fields_[step.number];
    if (value.empty()) return;
    TracePiece made = piece(step, out.text.size());
    made.kind = TracePiece::Kind::kField;
    made.field = step.number;
    out.pieces.push_back(std::move(made));
    if (step.kind == Step::Kind::kPrintEscaped)
        append_escaped_html(out.text, value);
    else
        out.text += value;
}

// A lambda that keeps the length keeps the places; of another's result only the tag is known, and
// which field is in it.
void Tracer::call(const Bound::Call& call, const Step& step, Trace& out) const {
    Trace inner = run(call.content);
    const std::string result = call.lambda.apply(inner.text);
    if (result.empty()) return;
    if (result.size() != inner.text.size()) {
        TracePiece whole = piece(step, 0);
        whole.kind = TracePiece::Kind::kConstant;
        for (const TracePiece& part : inner.pieces) {
            if (part.kind != TracePiece::Kind::kField) continue;
            whole.kind = part.kind;
            whole.field = part.field;
            break;
        }
        inner.pieces = {whole};
    }
    for (TracePiece& part : inner.pieces) {
        part.begin += out.text.size();
        if (call.lambda.safe_everywhere) part.url_encoded = true;
        out.pieces.push_back(std::move(part));
    }
    out.text += result;
}

TracePiece Tracer::piece(const Step& step, std::size_t begin) const {
    const Spot& spot = step.origin.spot;
    TracePiece piece;
    piece.begin = begin;
    piece.kind = step.origin.constant ? TracePiece::Kind::kConstant : TracePiece::Kind::kText;
    piece.place = {bound_.files.at(spot.file), spot.line, spot.column};
    piece.indent = step.origin.indent;
    return piece;
}

}  // namespace tocsin::templating

namespace tocsin {

const TracePiece* Trace::piece(std::size_t offset) const {
    auto after = std::ranges::upper_bound(pieces, offset, {}, &TracePiece::begin);
    return after == pieces.begin() ? nullptr : &*std::prev(after);
}

bool Trace::has_field(std::size_t begin, std::size_t end) const {
    const TracePiece* around = piece(begin);
    if (around == nullptr) return false;
    auto first = pieces.begin() + (around - pieces.data());
    auto behind = std::ranges::lower_bound(first, pieces.end(), end, {}, &TracePiece::begin);
    return std::any_of(first, behind, [](const TracePiece& part) {
        return part.kind == TracePiece::Kind::kField;
    });
}

Place Trace::place(std::size_t offset) const {
    const TracePiece* from = piece(offset);
    if (from == nullptr) return {};
    if (from->kind != TracePiece::Kind::kText) return from->place;
    Place place = from->place;
    const std::string_view before =
        std::string_view(text).substr(from->begin, std::min(offset, text.size()) - from->begin);
    const auto lines = std::ranges::count(before, '\n');
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    const auto into_line = static_cast<int>(before.size() - line_start);
    if (lines == 0) {
        place.column += into_line;
    } else {
        place.line += static_cast<int>(lines);
        // What was put before a line stands at its beginning.
        place.column = 1 + into_line - (into_line > 0 ? static_cast<int>(from->indent) : 0);
    }
    place.column = std::max(place.column, 1);
    return place;
}

}  // namespace tocsin
