#include "templating/expander.h"

#include <algorithm>
#include <map>

#include "templating/parser.h"

namespace tocsin::templating {
namespace {

constexpr std::size_t kMostNodes = 100'000;
constexpr std::size_t kMostBytes = std::size_t{16} << 20;

// Every line that holds something gets the indent in front.
std::string indented(std::string_view text, std::string_view indent) {
    if (indent.empty()) return std::string(text);
    std::string result;
    while (!text.empty()) {
        auto end = text.find('\n');
        std::string_view line = text.substr(0, end == std::string_view::npos ? end : end + 1);
        if (line != "\n" && line != "\r\n") result += indent;
        result += line;
        text.remove_prefix(line.size());
    }
    return result;
}

class Expander {
  public:
    Expander(const Sources& sources, const Partials& partials, std::size_t most_open,
             Excess& excess)
        : sources_(sources),
          partials_(partials),
          most_open_(most_open),
          excess_(excess),
          open_(sources.size(), 0) {}

    std::optional<std::vector<Node>> expand() {
        std::vector<Node> result;
        if (!append(parsed(0, ""), 0, result)) return std::nullopt;
        return result;
    }

  private:
    // `depth` counts sections and partials around.
    bool append(const std::vector<Node>& nodes, std::size_t depth, std::vector<Node>& to) {
        for (const Node& node : nodes) {
            if (node.kind == NodeKind::kPartial) {
                if (!append_partial(node, depth, to)) return false;
                continue;
            }
            if (!fits(node, depth)) return false;
            Node copy{node.kind, node.text, node.path, node.indent, node.spot, {}};
            if (!append(node.children, depth + 1, copy.children)) return false;
            to.push_back(std::move(copy));
        }
        return true;
    }

    bool append_partial(const Node& tag, std::size_t depth, std::vector<Node>& to) {
        auto file = partials_.files.find(tag.text);
        if (file == partials_.files.end() || open_[file->second] == most_open_) return true;
        if (!fits(tag, depth)) return false;
        if (!room_for(file->second, tag)) return false;
        open_[file->second] += 1;
        bool done = append(parsed(file->second, tag.indent), depth + 1, to);
        open_[file->second] -= 1;
        return done;
    }

    bool fits(const Node& node, std::size_t depth) {
        nodes_ += 1;
        bytes_ += node.text.size();
        if (nodes_ > kMostNodes || bytes_ > kMostBytes) return too_large(node);
        if (depth > kDeepestNesting) {
            excess_ = {node.spot, "too-deep", "sections and partials nest too deep here"};
            return false;
        }
        return true;
    }

    // Many lines times a wide indent would fill the memory before a node is made.
    bool room_for(std::size_t file, const Node& tag) {
        const std::string& text = sources_.text(file);
        auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
        if (tag.indent.size() > kMostBytes / lines) return too_large(tag);
        return true;
    }

    bool too_large(const Node& node) {
        excess_ = {node.spot, "too-large", "the template grows too large with its partials"};
        return false;
    }

    // Tags of an indented text keep the columns of the file.
    const std::vector<Node>& parsed(std::size_t file, const std::string& indent) {
        auto [entry, is_new] = trees_.try_emplace({file, indent});
        if (is_new) {
            SourceText shifted(sources_.name(file), indented(sources_.text(file), indent));
            std::vector<Problem> none;
            entry->second = parse_template(
                shifted.text(),
                [&](std::size_t offset) {
                    Place place = shifted.place(offset);
                    return Spot{file, place.line, place.column - static_cast<int>(indent.size())};
                },
                none);
            note_indent(entry->second, indent);
        }
        return entry->second;
    }

    static void note_indent(std::vector<Node>& nodes, const std::string& indent) {
        for (Node& node : nodes) {
            if (node.kind == NodeKind::kText) node.indent = indent;
            note_indent(node.children, indent);
        }
    }

    const Sources& sources_;
    const Partials& partials_;
    std::size_t most_open_;
    Excess& excess_;
    std::vector<std::size_t> open_;  // how often each file is being expanded
    std::map<std::pair<std::size_t, std::string>, std::vector<Node>> trees_;
    std::size_t nodes_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace

std::optional<std::vector<Node>> expand(const Sources& sources, const Partials& partials,
                                        std::size_t most_open, Excess& excess) {
    return Expander(sources, partials, most_open, excess).expand();
}

}  // namespace tocsin::templating
