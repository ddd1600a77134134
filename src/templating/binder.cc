#include "templating/binder.h"

#include <algorithm>
#include <set>

#include "base/html.h"
#include "base/text.h"
#include "templating/call.h"
#include "templating/scope.h"

namespace tocsin::templating {
namespace {

constexpr std::size_t kMostSteps = 200'000;
constexpr std::size_t kMostBytes = std::size_t{16} << 20;

std::string quoted(std::string_view name) {
    return "`" + std::string(name) + "`";
}

std::string in_item(const std::optional<Scope::Item>& item) {
    if (!item) return "";
    return " in item " + std::to_string(item->number) + " of " + quoted(item->list);
}

class Binder {
  public:
    Binder(const Sources& sources, const Value& constants, std::span<const std::string> fields,
           Findings& findings)
        : sources_(sources),
          fields_(fields),
          findings_(findings),
          lambdas_(constants, fields),
          scope_(constants, fields),
          guards_(fields.size(), 0) {
        bound_.used.assign(fields.size(), false);
        for (std::size_t i = 0; i < sources.size(); ++i) bound_.files.push_back(sources.name(i));
    }

    Bound bind(const std::vector<Node>& tree, Escape escape) {
        fold(tree, bound_.program, escape);
        for (const auto& [spot, field] : required_) {
            bound_.required.push_back({field, sources_.place(spot)});
        }
        for (const auto& [spot, field] : uses_) {
            bound_.uses.push_back({field, sources_.place(spot)});
        }
        for (const auto& [spot, branch] : branches_) {
            bound_.branches.push_back({branch.first, branch.second, sources_.place(spot)});
        }
        return std::move(bound_);
    }

  private:
    void fold(const std::vector<Node>& nodes, Program& to, Escape escape) {
        for (const Node& node : nodes) {
            if (too_large(node, node.text.size())) return;
            switch (node.kind) {
                case NodeKind::kText:
                    to.text(node.text, {false, shown(node.spot), node.indent.size()});
                    break;
                case NodeKind::kSection:
                    fold_section(node, to, escape);
                    break;
                case NodeKind::kInverted:
                    fold_inverted(node, to, escape);
                    break;
                default:
                    fold_variable(node, to, escape);
                    break;
            }
        }
    }

    void fold_variable(const Node& node, Program& to, Escape escape) {
        bool escaped = node.kind == NodeKind::kVariable && escape == Escape::kHtml;
        Scope::Meaning meaning = scope_.find(node.path);
        if (const auto* field = std::get_if<Field>(&meaning)) {
            if (!escaped && escape == Escape::kHtml) refuse_unescaped(node);
            use(*field, node);
            if (guards_[field->index] == 0 && dead_ == 0)
                required_.insert({node.spot, field->index});
            to.print(field->index, escaped, shown(node.spot));
        } else if (const auto* value = std::get_if<const Value*>(&meaning)) {
            check_printable(**value, node);
            std::string_view text = printed(**value);
            if (too_large(node, text.size())) return;
            const Origin tag{true, shown(node.spot), 0};
            escaped ? to.text(escape_html(text), tag) : to.text(text, tag);
        } else if (auto item = scope_.item_that_lacks(node.path)) {
            if (dead_ == 0) refuse_empty(node, item);
        } else {
            refuse_unknown(node);
        }
    }

    void fold_section(const Node& node, Program& to, Escape escape) {
        Scope::Meaning meaning = scope_.find(node.path);
        if (const auto* field = std::get_if<Field>(&meaning)) {
            fold_field_section(*field, node, to, escape);
        } else if (const auto* value = std::get_if<const Value*>(&meaning)) {
            fold_constant_section(*value, node, to, escape);
        } else if (const Lambda* lambda = lambdas_.find(node.text)) {
            fold_lambda(*lambda, node, to, escape);
        } else {
            if (!scope_.item_that_lacks(node.path)) refuse_unknown(node);
            survey(node, escape, true);
        }
    }

    void fold_field_section(Field field, const Node& node, Program& to, Escape escape) {
        use(field, node);
        branch(field, node);
        to.open(field.index);
        scope_.push(field, 0, node.text);
        guards_[field.index] += 1;
        fold(node.children, to, escape);
        guards_[field.index] -= 1;
        scope_.pop();
        to.close();
    }

    void fold_constant_section(const Value* value, const Node& node, Program& to, Escape escape) {
        std::size_t count = repeats(*value);
        // What an empty list's items or a missing map's members would be called, nobody knows.
        if (count == 0) survey(node, escape, value->is_null() || value->list() != nullptr);
        for (std::size_t item = 0; item < count && !gave_up_; ++item) {
            if (too_large(node, 0)) return;
            scope_.push(value, item, node.text);
            fold(node.children, to, escape);
            scope_.pop();
        }
    }

    void fold_lambda(const Lambda& lambda, const Node& node, Program& to, Escape escape) {
        Bound::Call call{lambda, {}};
        fold(node.children, call.content, escape_within(lambda, escape));
        const Spot spot = shown(node.spot);
        if (call.content.is_constant()) {
            return to.text(lambda.apply(call.content.constant()), {true, spot, 0});
        }
        to.print(fields_.size() + bound_.calls.size(), false, spot);
        bound_.calls.push_back(std::move(call));
    }

    void fold_inverted(const Node& node, Program& to, Escape escape) {
        Scope::Meaning meaning = scope_.find(node.path);
        if (const auto* field = std::get_if<Field>(&meaning)) {
            use(*field, node);
            branch(*field, node);
            to.open_inverted(field->index);
            fold(node.children, to, escape);
            to.close();
        } else if (const auto* value = std::get_if<const Value*>(&meaning)) {
            is_true(**value) ? survey(node, escape, false) : fold(node.children, to, escape);
        } else if (lambdas_.find(node.text) != nullptr) {
            survey(node, escape, false);
        } else {
            if (!scope_.item_that_lacks(node.path)) refuse_unknown(node);
            fold(node.children, to, escape);
        }
    }

    // Checks the names of a section that renders nothing for anybody. Where the context that it
    // would have had is not known, only names that are wrong elsewhere are wrong in it.
    void survey(const Node& section, Escape escape, bool unknowable) {
        Program nowhere;
        dead_ += 1;
        unknowable_ += unknowable ? 1 : 0;
        fold(section.children, nowhere, escape);
        unknowable_ -= unknowable ? 1 : 0;
        dead_ -= 1;
    }

    void use(Field field, const Node& node) {
        if (dead_ == 0) {
            bound_.used[field.index] = true;
            uses_.insert({node.spot, field.index});
        }
        auto item = scope_.item_that_lacks(node.path);
        if (!item) return;
        report(node, "ambiguous-name",
               "item " + std::to_string(item->number) + " of " + quoted(item->list) + " has no " +
                   quoted(node.text) + ", so the recipient's would be taken",
               "give every item one, or call them differently");
    }

    void branch(Field field, const Node& node) {
        bool inverted = node.kind == NodeKind::kInverted;
        if (dead_ == 0) branches_.insert({node.spot, {field.index, inverted}});
    }

    Spot shown(const Spot& spot) const {
        Place place = sources_.place(spot);
        return {spot.file, place.line, place.column};
    }

    void check_printable(const Value& value, const Node& node) {
        if (dead_ > 0) return;
        if (value.list() != nullptr || value.map() != nullptr) {
            report(node, "not-text",
                   quoted(node.text) + " is a " + (value.list() != nullptr ? "list" : "map") +
                       " and cannot be printed",
                   "open a section over it: {{#" + node.text + "}}…{{/" + node.text + "}}");
        } else if (printed(value).empty()) {
            refuse_empty(node, scope_.item());
        }
    }

    void refuse_empty(const Node& node, const std::optional<Scope::Item>& item) {
        report(node, "empty-constant", quoted(node.text) + " is empty" + in_item(item),
               "give it a value, or print it only where there is one: {{#" + node.text + "}}…{{/" +
                   node.text + "}}");
    }

    void refuse_unescaped(const Node& node) {
        report(node, "unescaped-field",
               "the recipient's " + quoted(node.text) + " would go into the HTML unescaped",
               "write {{" + node.text + "}}");
    }

    void refuse_unknown(const Node& node) {
        if (unknowable_ > 0 && !unknown_.contains(node.text)) return;
        unknown_.insert(node.text);
        if (lambdas_.find(node.text) != nullptr) {
            return report(node, "unknown-name", quoted(node.text) + " works on a section",
                          "write {{#" + node.text + "}}…{{/" + node.text + "}}");
        }
        std::vector<std::string> names = scope_.names();
        for (std::string& name : lambdas_.names()) names.push_back(std::move(name));
        report(node, "unknown-name", "there is no field " + quoted(node.text),
               did_you_mean(node.text, names));
    }

    // Once for each place, however often a loop comes by.
    void report(const Node& node, const char* id, std::string message, std::string hint) {
        if (!reported_.insert({node.spot, id}).second) return;
        sources_.error(findings_, node.spot, id, std::move(message), std::move(hint));
    }

    bool too_large(const Node& node, std::size_t bytes) {
        steps_ += 1;
        bytes_ += bytes;
        if (!gave_up_ && (steps_ > kMostSteps || bytes_ > kMostBytes)) {
            gave_up_ = true;
            report(node, "too-large", "the template renders more than a mail can hold",
                   "look for sections in sections that run over long lists");
        }
        return gave_up_;
    }

    const Sources& sources_;
    std::span<const std::string> fields_;
    Findings& findings_;
    Lambdas lambdas_;
    Scope scope_;
    Bound bound_;
    std::vector<int> guards_;  // how many sections of a field's own are open
    std::set<std::pair<Spot, std::size_t>> required_, uses_;
    std::set<std::pair<Spot, std::pair<std::size_t, bool>>> branches_;
    std::set<std::pair<Spot, std::string>> reported_;
    std::set<std::string> unknown_;
    int dead_ = 0;        // sections around that render nothing
    int unknowable_ = 0;  // those of them whose context is not known
    std::size_t steps_ = 0;
    std::size_t bytes_ = 0;
    bool gave_up_ = false;
};

}  // namespace

std::optional<Bound> bind_tree(const std::vector<Node>& tree, const Sources& sources,
                               const Value& constants, std::span<const std::string> fields,
                               Escape escape, Findings& findings, Faults faults) {
    std::size_t errors_before = findings.errors();
    Bound bound = Binder(sources, constants, fields, findings).bind(tree, escape);
    if (findings.errors() > errors_before && faults == Faults::kRefuse) return std::nullopt;
    return bound;
}

}  // namespace tocsin::templating
