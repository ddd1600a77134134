// kainjow mustache, the one place that knows it: renders programs.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "templating/program.h"
#include "templating/template_set.h"

namespace tocsin::templating {

// The template and its data make more text, or take more steps, than any mail needs.
struct RenderLimit : Error {
    RenderLimit();
};

class Engine {
  public:
    // What the numbers of a program stand for while it runs.
    class Values {
      public:
        virtual ~Values() = default;
        // The text that a tag prints. Valid until the next call.
        virtual std::string_view print(std::size_t slot) = 0;
        // How often the section's content is rendered; 0 is false.
        virtual std::size_t repeat(std::size_t slot) = 0;
        // Around each rendering of a section's content, but not of an inverted one's.
        virtual void enter(std::size_t /*slot*/, std::size_t /*item*/) {}
        virtual void leave() {}
        // Before each rendering as a whole: what programs within programs take counts together.
        void start() { steps_ = bytes_ = 0; }

      private:
        friend class Engine;
        std::size_t steps_ = 0;
        std::size_t bytes_ = 0;
    };

    explicit Engine(const Program& program);
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;
    ~Engine();

    // Throws RenderLimit. Not to be called while it runs.
    std::string run(Values& values);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::templating
