#include "preview/traits.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "mail/unicode.h"

namespace tocsin {
namespace {

bool has_markup(std::string_view cell) {
    return cell.find_first_of("<>&\"") != std::string_view::npos;
}

bool is_non_ascii(std::string_view cell) {
    return !is_ascii(cell);
}

std::optional<std::size_t> language_column(const Columns& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string name = ascii_lower(columns[i]);
        if (name == "language" || name == "lang" || name == "locale") return i;
    }
    return std::nullopt;
}

}  // namespace

Traits::Traits(const Renderer& renderer, const Columns& columns)
    : columns_(columns), language_(language_column(columns)) {
    for (const auto& used : renderer.used_columns()) {
        used_.push_back(used.column);
        if (ascii_lower(used.name).find("name") != std::string::npos)
            measured_.push_back(used.column);
        traits_.push_back({Kind::kMissing, used.column});
    }
    if (measured_.empty()) measured_ = used_;
    std::set<std::pair<std::size_t, bool>> known;
    for (const Branch& branch : renderer.branches()) {
        if (!known.emplace(branch.column, branch.inverted).second) continue;
        traits_.push_back({Kind::kBranch, branch.column, branch.inverted});
    }
    for (Kind kind : {Kind::kRightToLeft, Kind::kMarkup, Kind::kNonAscii})
        traits_.push_back({kind});
}

TraitSet Traits::of(const std::vector<std::string>& cells) {
    if (language_) add_language(cells[*language_]);
    TraitSet set(traits_.size(), '\0');
    for (std::size_t i = 0; i < traits_.size(); ++i) set[i] = holds(traits_[i], cells) ? 1 : 0;
    return set;
}

void Traits::add_language(const std::string& language) {
    if (language.empty() || languages_ == kMostLanguages) return;
    bool known = std::any_of(traits_.end() - static_cast<std::ptrdiff_t>(languages_), traits_.end(),
                             [&](const Trait& trait) { return trait.language == language; });
    if (known) return;
    traits_.push_back({Kind::kLanguage, 0, false, language});
    ++languages_;
}

bool Traits::holds(const Trait& trait, const std::vector<std::string>& cells) const {
    auto any = [&](auto is) {
        return std::any_of(used_.begin(), used_.end(), [&](auto i) { return is(cells[i]); });
    };
    switch (trait.kind) {
        case Kind::kMissing:
            return cells[trait.column].empty();
        case Kind::kBranch:
            return cells[trait.column].empty() == trait.inverted;
        case Kind::kRightToLeft:
            return any(has_right_to_left);
        case Kind::kMarkup:
            return any(has_markup);
        case Kind::kNonAscii:
            return any(is_non_ascii);
        case Kind::kLanguage:
            return cells[*language_] == trait.language;
    }
    return false;
}

int Traits::weight(std::size_t trait) const {
    switch (traits_[trait].kind) {
        case Kind::kMissing:
        case Kind::kBranch:
            return 8;
        case Kind::kRightToLeft:
        case Kind::kMarkup:
            return 6;
        case Kind::kNonAscii:
            return 3;
        case Kind::kLanguage:
            return 2;
    }
    return 0;
}

std::string Traits::reason(const Trait& trait, const std::vector<std::string>& cells) const {
    auto where = [&](auto is) {
        auto found = std::find_if(used_.begin(), used_.end(), [&](auto i) { return is(cells[i]); });
        return found == used_.end() ? std::string() : columns_[*found];
    };
    switch (trait.kind) {
        case Kind::kMissing:
            return "no " + columns_[trait.column];
        case Kind::kBranch:
            return std::string(trait.inverted ? "takes {{^" : "takes {{#") +
                   columns_[trait.column] + "}}";
        case Kind::kRightToLeft:
            return "right-to-left " + where(has_right_to_left);
        case Kind::kMarkup:
            return "markup in " + where(has_markup);
        case Kind::kNonAscii:
            return where(is_non_ascii) + " beyond ASCII";
        case Kind::kLanguage:
            return "language " + trait.language;
    }
    return "";
}

std::vector<std::string> Traits::reasons(const std::vector<std::size_t>& traits,
                                         const std::vector<std::string>& cells) const {
    std::vector<std::string> out;
    for (std::size_t trait : traits) out.push_back(reason(traits_[trait], cells));
    return out;
}

}  // namespace tocsin
