#include "templating/sources.h"

namespace tocsin::templating {
namespace {

// A byte order mark is no text of the mail.
SourceText without_mark(SourceText file) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (!file.text().starts_with(kMark)) return file;
    return {file.name(), file.text().substr(kMark.size())};
}

}  // namespace

Sources::Sources(SourceText root, std::optional<Place> base)
    : files_{without_mark(std::move(root))}, base_(std::move(base)) {}

std::size_t Sources::add(SourceText partial) {
    files_.push_back(without_mark(std::move(partial)));
    return files_.size() - 1;
}

const std::string& Sources::name(std::size_t file) const {
    return file == 0 && base_ ? base_->file : files_[file].name();
}

Spot Sources::spot(std::size_t file, std::size_t offset) const {
    Place place = files_[file].place(offset);
    return {file, place.line, place.column};
}

Place Sources::place(const Spot& spot) const {
    Place place{name(spot.file), spot.line, spot.column};
    if (spot.file == 0 && base_) {
        if (place.line == 1 && base_->column > 0) place.column += base_->column - 1;
        if (base_->line > 0) place.line += base_->line - 1;
    }
    return place;
}

std::string Sources::shown(const Spot& spot) const {
    Place at = place(spot);
    return at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

void Sources::error(Findings& findings, const Spot& spot, std::string id, std::string message,
                    std::string hint) const {
    Place at = place(spot);
    std::string excerpt(files_[spot.file].line(spot.line));
    // The part of the line before a scalar is not known here; blanks keep the caret in its place.
    if (at.column > spot.column) {
        excerpt.insert(0, static_cast<std::size_t>(at.column - spot.column), ' ');
    }
    findings.add({Severity::kError, std::move(id), std::move(at), std::move(message),
                  std::move(hint), std::move(excerpt)});
}

}  // namespace tocsin::templating
