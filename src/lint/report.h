// Where the lint writes what it finds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/diagnostic.h"
#include "model/lint.h"

namespace tocsin {

class LintReport {
  public:
    // `findings` outlives it.
    LintReport(LintIgnore ignore, Findings& findings)
        : ignore_(std::move(ignore)), findings_(findings) {}

    // With the severity that `id` has in the catalogue; throws std::logic_error where it is not in
    // there. Nothing is written where the id is ignored. `message` says what is wrong here, in one
    // sentence without a full stop; `hint` what to do.
    void add(std::string_view id, Place place, std::string message, std::string hint = "",
             std::string excerpt = "");

    bool ignores(std::string_view id) const { return ignore_.contains(id); }
    // How many findings were left out because their ids are ignored; each place once, as `Findings`
    // has it.
    std::size_t ignored() const { return ignored_.errors() + ignored_.warnings(); }

  private:
    const LintIgnore ignore_;
    Findings& findings_;
    Findings ignored_;
};

}  // namespace tocsin
