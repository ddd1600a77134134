#include "base/diagnostic.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"

namespace tocsin {

SourceText::SourceText(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), line_starts_{0} {
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (text_[i] == '\n') line_starts_.push_back(i + 1);
    }
}

Place SourceText::place(std::size_t offset) const {
    if (line_starts_.empty()) return {name_, 0, 0};
    offset = std::min(offset, text_.size());
    auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    auto index = static_cast<std::size_t>(after - line_starts_.begin()) - 1;
    return {name_, static_cast<int>(index) + 1, static_cast<int>(offset - line_starts_[index]) + 1};
}

std::string_view SourceText::line(int number) const {
    if (number < 1 || static_cast<std::size_t>(number) > line_starts_.size()) return {};
    auto start = line_starts_[static_cast<std::size_t>(number) - 1];
    bool last = static_cast<std::size_t>(number) == line_starts_.size();
    auto end = last ? text_.size() : line_starts_[static_cast<std::size_t>(number)] - 1;
    if (end > start && text_[end - 1] == '\r') --end;
    return std::string_view(text_).substr(start, end - start);
}

bool Findings::is_kept(const Finding& finding) const {
    if (finding.place.line == 0) return false;
    return std::any_of(kept_.begin(), kept_.end(), [&](const Finding& other) {
        return other.place == finding.place && other.id == finding.id;
    });
}

void Findings::add(Finding finding) {
    auto seen = std::find_if(seen_by_id_.begin(), seen_by_id_.end(),
                             [&](const auto& entry) { return entry.first == finding.id; });
    if (seen == seen_by_id_.end()) seen = seen_by_id_.insert(seen, {finding.id, 0});
    bool keep = seen->second < kMostKept;
    if (keep && is_kept(finding)) return;
    (finding.severity == Severity::kError ? errors_ : warnings_) += 1;
    ++seen->second;
    if (keep) kept_.push_back(std::move(finding));
}

namespace {

// A line that nobody can read is no help, and a copy of it for each finding would take long.
std::string excerpt_at(const SourceText& source, const Place& place) {
    constexpr std::size_t kLongestLine = 16u << 10;
    std::string_view line = source.line(place.line);
    return line.size() <= kLongestLine ? std::string(line) : "";
}

}  // namespace

void Findings::error(const SourceText& source, Place place, std::string id, std::string message,
                     std::string hint) {
    std::string excerpt = excerpt_at(source, place);
    add({Severity::kError, std::move(id), std::move(place), std::move(message), std::move(hint),
         std::move(excerpt)});
}

void Findings::warning(const SourceText& source, Place place, std::string id, std::string message,
                       std::string hint) {
    std::string excerpt = excerpt_at(source, place);
    add({Severity::kWarning, std::move(id), std::move(place), std::move(message), std::move(hint),
         std::move(excerpt)});
}

void Findings::append(const Findings& other, bool as_warnings) {
    std::size_t kept_errors = 0;
    for (Finding finding : other.kept_) {
        if (finding.severity == Severity::kError) ++kept_errors;
        if (as_warnings) finding.severity = Severity::kWarning;
        add(std::move(finding));
    }
    std::size_t more_errors = other.errors_ - kept_errors;
    std::size_t more_warnings = other.left_out() - more_errors;
    errors_ += as_warnings ? 0 : more_errors;
    warnings_ += more_warnings + (as_warnings ? more_errors : 0);
}

Findings Findings::only_errors() const {
    Findings errors;
    for (const Finding& finding : kept_) {
        if (finding.severity == Severity::kError) errors.add(finding);
    }
    errors.errors_ = errors_;
    return errors;
}

void Findings::sort() {
    auto key = [](const Finding& f) {
        return std::tie(f.place.file, f.place.line, f.place.column);
    };
    std::stable_sort(kept_.begin(), kept_.end(),
                     [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

namespace {

constexpr std::size_t kWidestExcerpt = 100;

std::string where(const Place& place) {
    std::string text = place.file;
    if (place.line > 0) text += ":" + std::to_string(place.line);
    if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
    return text.empty() ? text : text + ": ";
}

// Starts of the UTF-8 characters of `line`, so that neither cut nor caret splits one.
std::vector<std::size_t> character_starts(std::string_view line) {
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if ((static_cast<unsigned char>(line[i]) & 0xC0) != 0x80) starts.push_back(i);
    }
    return starts;
}

std::string excerpt_with_caret(const Finding& finding) {
    std::string line = printable(finding.excerpt);
    auto starts = character_starts(line);
    auto column = static_cast<std::size_t>(std::max(finding.place.column - 1, 0));
    auto caret = static_cast<std::size_t>(std::lower_bound(starts.begin(), starts.end(), column) -
                                          starts.begin());
    std::size_t first = caret > kWidestExcerpt * 3 / 4 ? caret - kWidestExcerpt / 2 : 0;
    std::size_t last = std::min(starts.size(), first + kWidestExcerpt);
    auto offset = [&](std::size_t i) { return i < starts.size() ? starts[i] : line.size(); };

    std::string text = "  ";
    if (first > 0) text += "…";
    text += line.substr(offset(first), offset(last) - offset(first));
    if (last < starts.size()) text += "…";
    text += "\n";
    if (finding.place.column > 0) {
        text += std::string(2 + (first > 0 ? 1 : 0) + caret - first, ' ') + "^\n";
    }
    return text;
}

}  // namespace

std::string format(const Finding& finding, bool colour) {
    bool is_error = finding.severity == Severity::kError;
    std::string label = is_error ? "error: " : "warning: ";
    if (colour) label = (is_error ? "\033[1;31m" : "\033[1;33m") + label + "\033[0m";
    std::string text = where(finding.place) + label + printable(finding.message);
    if (!finding.id.empty()) text += " [" + finding.id + "]";
    text += "\n";
    if (!finding.excerpt.empty()) text += excerpt_with_caret(finding);
    if (!finding.hint.empty()) text += "  hint: " + printable(finding.hint) + "\n";
    return text;
}

std::string summary(const Findings& findings) {
    return counted(findings.errors(), "error") + ", " + counted(findings.warnings(), "warning");
}

}  // namespace tocsin
