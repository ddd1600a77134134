// What cells do to a mail, as a set of numbered traits that grows with the languages met.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compose/renderer.h"

namespace tocsin {

// One byte a trait, 1 where somebody has it; sets of different lengths compare as if filled with 0.
using TraitSet = std::string;

class Traits {
  public:
    static constexpr std::size_t kMostLanguages = 40;

    Traits(const Renderer& renderer, const Columns& columns);

    TraitSet of(const std::vector<std::string>& cells);
    // How much it matters that somebody shows it: the gravest first where not all can be shown.
    int weight(std::size_t trait) const;
    // "right-to-left first_name": of somebody who has these traits.
    std::vector<std::string> reasons(const std::vector<std::size_t>& traits,
                                     const std::vector<std::string>& cells) const;
    // Columns whose lengths matter: those with a name in them, or else all that are used.
    const std::vector<std::size_t>& measured() const { return measured_; }
    const std::string& column_name(std::size_t column) const { return columns_[column]; }

  private:
    enum class Kind { kMissing, kBranch, kRightToLeft, kMarkup, kNonAscii, kLanguage };
    struct Trait {
        Kind kind;
        std::size_t column = 0;  // of kMissing and kBranch
        bool inverted = false;   // of kBranch
        std::string language{};
    };
    bool holds(const Trait& trait, const std::vector<std::string>& cells) const;
    void add_language(const std::string& language);
    std::string reason(const Trait& trait, const std::vector<std::string>& cells) const;

    Columns columns_;
    std::vector<std::size_t> used_, measured_;
    std::optional<std::size_t> language_;
    std::vector<Trait> traits_;
    std::size_t languages_ = 0;
};

}  // namespace tocsin
