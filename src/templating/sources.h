// The files of one template: itself and every partial it reaches.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "templating/node.h"

namespace tocsin::templating {

class Sources {
  public:
    // `base` is the place of the first byte where the template is a part of another file.
    Sources(SourceText root, std::optional<Place> base);

    // Returns the index of the new file.
    std::size_t add(SourceText partial);
    std::size_t size() const { return files_.size(); }
    const std::string& text(std::size_t file) const { return files_[file].text(); }
    const std::string& name(std::size_t file) const;

    Spot spot(std::size_t file, std::size_t offset) const;
    Place place(const Spot& spot) const;
    // "card.mustache:3:7"
    std::string shown(const Spot& spot) const;

    void error(Findings& findings, const Spot& spot, std::string id, std::string message,
               std::string hint = "") const;

  private:
    std::vector<SourceText> files_;
    std::optional<Place> base_;
};

}  // namespace tocsin::templating
