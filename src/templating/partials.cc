#include "templating/partials.h"

#include <algorithm>

#include "base/text.h"
#include "templating/parser.h"
#include "templating/rings.h"

namespace tocsin::templating {
namespace {

constexpr std::size_t kMostPartials = 1000;

void collect(const std::vector<Node>& nodes, std::vector<const Node*>& partials) {
    for (const Node& node : nodes) {
        if (node.kind == NodeKind::kPartial) partials.push_back(&node);
        collect(node.children, partials);
    }
}

class Reader {
  public:
    Reader(Sources& sources, const PartialSource& source, const LoadOptions& options,
           Findings& findings)
        : sources_(sources), source_(source), options_(options), findings_(findings) {}

    Partials read() {
        for (std::size_t file = 0; file < sources_.size(); ++file) read_file(file);
        if (!options_.allow_rings) refuse_rings();
        return std::move(partials_);
    }

  private:
    void read_file(std::size_t file) {
        partials_.includes.emplace_back();
        const std::string text = sources_.text(file);
        if (auto offset = invalid_utf8(text)) {
            return sources_.error(findings_, sources_.spot(file, *offset), "not-utf8",
                                  "this byte is no UTF-8", "save the file as UTF-8");
        }
        std::vector<Problem> problems;
        auto tree = parse_template(
            text, [&](std::size_t offset) { return sources_.spot(file, offset); }, problems);
        std::stable_sort(problems.begin(), problems.end(),
                         [](const auto& a, const auto& b) { return a.offset < b.offset; });
        for (const Problem& problem : problems) {
            sources_.error(findings_, sources_.spot(file, problem.offset), problem.id,
                           problem.message, problem.hint);
        }
        std::vector<const Node*> tags;
        collect(tree, tags);
        for (const Node* tag : tags) include(*tag);
    }

    void include(const Node& tag) {
        auto known = partials_.files.find(tag.text);
        if (known == partials_.files.end()) {
            if (partials_.files.size() == kMostPartials) return too_many(tag);
            auto partial = source_ ? source_(tag.text) : std::nullopt;
            if (!partial) return missing(tag);
            known = partials_.files.emplace(tag.text, sources_.add(std::move(*partial))).first;
        }
        partials_.includes[tag.spot.file].push_back({tag.spot, known->second});
    }

    void missing(const Node& tag) {
        if (options_.allow_missing_partials) return;
        sources_.error(findings_, tag.spot, "missing-partial",
                       "there is no partial `" + tag.text + "`");
    }

    void too_many(const Node& tag) {
        sources_.error(findings_, tag.spot, "too-large",
                       "more than " + grouped(kMostPartials) + " partials are included");
    }

    void refuse_rings() {
        for (const Ring& ring : find_rings(partials_)) {
            std::string way = "`" + name_of(ring.back().file) + "`";
            for (const Include& include : ring) {
                way += " → `" + name_of(include.file) + "` (" + sources_.shown(include.spot) + ")";
            }
            sources_.error(findings_, ring.back().spot, "partial-ring",
                           "partials include each other in a ring: " + way,
                           "take one of these tags out");
        }
    }

    std::string name_of(std::size_t file) const {
        auto found = std::find_if(partials_.files.begin(), partials_.files.end(),
                                  [&](const auto& entry) { return entry.second == file; });
        return found == partials_.files.end() ? sources_.name(file) : found->first;
    }

    Sources& sources_;
    const PartialSource& source_;
    const LoadOptions& options_;
    Findings& findings_;
    Partials partials_;
};

}  // namespace

Partials read_partials(Sources& sources, const PartialSource& source, const LoadOptions& options,
                       Findings& findings) {
    return Reader(sources, source, options, findings).read();
}

}  // namespace tocsin::templating
