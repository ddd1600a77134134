// A lambda's section while it is rendered: a program of its own, and what is done to its result.
#pragma once

#include <string>

#include "templating/engine.h"
#include "templating/lambda.h"

namespace tocsin::templating {

class Call {
  public:
    Call(Lambda lambda, const Program& content) : lambda_(lambda), engine_(content) {}

    const std::string& run(Engine::Values& values) {
        return result_ = lambda_.apply(engine_.run(values));
    }

  private:
    Lambda lambda_;
    Engine engine_;
    std::string result_;
};

// How values are escaped inside: what needs no escaping afterwards must not be escaped before.
inline Escape escape_within(const Lambda& lambda, Escape around) {
    return lambda.safe_everywhere ? Escape::kNone : around;
}

}  // namespace tocsin::templating
