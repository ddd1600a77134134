#include "templating/bound_template.h"

#include "templating/call.h"

namespace tocsin::templating {
namespace {

class FieldRenderer : public BoundTemplate, private Engine::Values {
  public:
    explicit FieldRenderer(Bound bound)
        : engine_(bound.program),
          required_(std::move(bound.required)),
          used_(std::move(bound.used)) {
        for (const Bound::Call& call : bound.calls) {
            calls_.emplace_back(call.lambda, call.content);
        }
    }

    std::string render(std::span<const std::string_view> fields) override {
        fields_ = fields;
        start();
        return engine_.run(*this);
    }

    const std::vector<FieldUse>& required() const override { return required_; }
    std::vector<bool> used() const override { return used_; }

  private:
    std::string_view print(std::size_t slot) override {
        if (slot < used_.size()) return fields_[slot];
        return calls_[slot - used_.size()].run(*this);
    }

    std::size_t repeat(std::size_t slot) override { return fields_[slot].empty() ? 0 : 1; }

    Engine engine_;
    std::vector<Call> calls_;
    std::vector<FieldUse> required_;
    std::vector<bool> used_;
    std::span<const std::string_view> fields_;  // of the recipient at hand
};

}  // namespace

std::unique_ptr<BoundTemplate> make_bound_template(Bound bound) {
    return std::make_unique<FieldRenderer>(std::move(bound));
}

}  // namespace tocsin::templating
