// Renders a bound program slowly, noting where each byte was written.
#pragma once

#include <span>
#include <string_view>

#include "templating/binder.h"

namespace tocsin::templating {

class Tracer {
  public:
    // Both outlive it.
    Tracer(const Bound& bound, std::span<const std::string_view> fields)
        : bound_(bound), fields_(fields) {}

    // Its text is what the engine makes of the same program and fields.
    Trace trace() const { return run(bound_.program); }

  private:
    Trace run(const Program& program) const;
    void print(const Step& step, Trace& out) const;
    void call(const Bound::Call& call, const Step& step, Trace& out) const;
    TracePiece piece(const Step& step, std::size_t begin) const;

    const Bound& bound_;
    std::span<const std::string_view> fields_;
};

}  // namespace tocsin::templating
