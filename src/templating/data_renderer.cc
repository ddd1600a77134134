#include "templating/data_renderer.h"

#include "templating/call.h"
#include "templating/scope.h"

namespace tocsin::templating {
namespace {

class DataRenderer : public Engine::Values {
  public:
    DataRenderer(const Value& data, Escape escape)
        : escape_(escape), lambdas_(data, {}), scope_(data, {}) {}

    std::string render(const std::vector<Node>& tree) {
        Program program;
        compile(tree, program, escape_);
        return Engine(program).run(*this);
    }

    std::string_view print(std::size_t slot) override {
        if (slots_[slot].call) return calls_[*slots_[slot].call].run(*this);
        const Value* value = find(slot);
        return value == nullptr ? std::string_view() : printed(*value);
    }

    std::size_t repeat(std::size_t slot) override {
        const Value* value = find(slot);
        return value == nullptr ? 0 : repeats(*value);
    }

    void enter(std::size_t slot, std::size_t item) override {
        scope_.push(find(slot), item, slots_[slot].node->text);
    }

    void leave() override { scope_.pop(); }

  private:
    // A variable or section, or the call of a lambda.
    struct Slot {
        const Node* node;
        std::optional<std::size_t> call;
    };

    void compile(const std::vector<Node>& nodes, Program& to, Escape escape) {
        for (const Node& node : nodes) compile(node, to, escape);
    }

    void compile(const Node& node, Program& to, Escape escape) {
        if (node.kind == NodeKind::kText) return to.text(node.text);
        const Lambda* lambda = lambdas_.find(node.text);
        if (lambda != nullptr) return compile_lambda(*lambda, node, to, escape);
        std::size_t slot = slots_.size();
        slots_.push_back({&node, std::nullopt});
        switch (node.kind) {
            case NodeKind::kSection:
                to.open(slot);
                break;
            case NodeKind::kInverted:
                to.open_inverted(slot);
                break;
            default:
                return to.print(slot, node.kind == NodeKind::kVariable && escape == Escape::kHtml);
        }
        compile(node.children, to, escape);
        to.close();
    }

    // Inverted or as a variable, a lambda renders nothing.
    void compile_lambda(const Lambda& lambda, const Node& node, Program& to, Escape escape) {
        if (node.kind != NodeKind::kSection) return;
        Program content;
        compile(node.children, content, escape_within(lambda, escape));
        to.print(slots_.size(), false);
        slots_.push_back({&node, calls_.size()});
        calls_.emplace_back(lambda, content);
    }

    const Value* find(std::size_t slot) const {
        Scope::Meaning meaning = scope_.find(slots_[slot].node->path);
        const auto* value = std::get_if<const Value*>(&meaning);
        return value == nullptr ? nullptr : *value;
    }

    Escape escape_;
    Lambdas lambdas_;
    Scope scope_;
    std::vector<Slot> slots_;
    std::vector<Call> calls_;
};

}  // namespace

std::string render_tree(const std::vector<Node>& tree, const Value& data, Escape escape) {
    return DataRenderer(data, escape).render(tree);
}

}  // namespace tocsin::templating
