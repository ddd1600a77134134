#include "templating/template_set.h"

#include "templating/binder.h"
#include "templating/bound_template.h"
#include "templating/data_renderer.h"
#include "templating/loader.h"
#include "templating/sources.h"

namespace tocsin {
namespace {

using templating::Node;
using templating::Sources;

class LoadedTemplate : public Template {
  public:
    LoadedTemplate(Sources sources, std::vector<Node> tree, Escape escape)
        : sources_(std::move(sources)), tree_(std::move(tree)), escape_(escape) {}

    std::unique_ptr<BoundTemplate> bind(const Value& constants, std::span<const std::string> fields,
                                        Findings& findings, Faults faults) const override {
        auto bound =
            templating::bind_tree(tree_, sources_, constants, fields, escape_, findings, faults);
        return bound ? templating::make_bound_template(std::move(*bound)) : nullptr;
    }

    std::string render(const Value& data) const override {
        return templating::render_tree(tree_, data, escape_);
    }

  private:
    Sources sources_;
    std::vector<Node> tree_;
    Escape escape_;
};

}  // namespace

std::unique_ptr<Template> load_template(const SourceText& source, const PartialSource& partials,
                                        const LoadOptions& options, Findings& findings,
                                        std::optional<Place> base) {
    Sources sources(source, std::move(base));
    auto tree = templating::load_tree(sources, partials, options, findings);
    if (!tree) return nullptr;
    return std::make_unique<LoadedTemplate>(std::move(sources), std::move(*tree), options.escape);
}

}  // namespace tocsin
