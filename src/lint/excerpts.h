// The lines that many places of a campaign's templates speak of, each file split into lines once.
#pragma once

#include <map>
#include <string>

#include "base/diagnostic.h"
#include "model/content.h"

namespace tocsin {

class Excerpts {
  public:
    // `content` outlives it.
    explicit Excerpts(const Content& content) : content_(content) {}

    // As `excerpt_of(content, place)`.
    std::string at(const Place& place);

  private:
    const Content& content_;
    std::map<std::string, SourceText> templates_;  // by the name that places have
};

}  // namespace tocsin
