#include "templating/bound_template.h"

#include "templating/call.h"
#include "templating/tracer.h"

namespace tocsin::templating {
namespace {

class FieldRenderer : public BoundTemplate, private Engine::Values {
  public:
    explicit FieldRenderer(Bound bound) : engine_(bound.program), bound_(std::move(bound)) {
        for (const Bound::Call& call : bound_.calls) {
            calls_.emplace_back(call.lambda, call.content);
        }
    }

    std::string render(std::span<const std::string_view> fields) override {
        fields_ = fields;
        start();
        return engine_.run(*this);
    }

    const std::vector<FieldUse>& required() const override { return bound_.required; }
    std::vector<bool> used() const override { return bound_.used; }
    const std::vector<FieldUse>& uses() const override { return bound_.uses; }
    const std::vector<FieldBranch>& branches() const override { return bound_.branches; }

    Trace trace(std::span<const std::string_view> fields) override {
        return Tracer(bound_, fields).trace();
    }

  private:
    std::string_view print(std::size_t slot) override {
        if (slot < fields_.size()) return fields_[slot];
        return calls_[slot - fields_.size()].run(*this);
    }

    std::size_t repeat(std::size_t slot) override { return fields_[slot].empty() ? 0 : 1; }

    Engine engine_;
    std::vector<Call> calls_;
    Bound bound_;
    std::span<const std::string_view> fields_;  // of the recipient at hand
};

}  // namespace

std::unique_ptr<BoundTemplate> make_bound_template(Bound bound) {
    return std::make_unique<FieldRenderer>(std::move(bound));
}

}  // namespace tocsin::templating
