#include "lint/sketches.h"

#include <algorithm>
#include <set>

namespace tocsin {
namespace {

constexpr std::size_t kMostAsked = 24;

using Cells = std::vector<std::string>;

std::vector<Cells> made_up(const Renderer& renderer) {
    const std::size_t columns = shown_columns(renderer);
    Cells all, none(columns);
    for (std::size_t i = 0; i < columns; ++i) all.push_back(sketch_cell(i));
    std::set<std::size_t> asked;
    for (const Branch& branch : renderer.branches()) asked.insert(branch.column);
    std::vector<Cells> people{all, none};
    for (std::size_t column : asked) {
        if (people.size() == 2 + 2 * kMostAsked) break;
        people.push_back(all);
        people.back()[column].clear();
        people.push_back(none);
        people.back()[column] = all[column];
    }
    return people;
}

}  // namespace

std::string sketch_cell(std::size_t column) {
    return "https://column-" + std::to_string(column) + ".invalid/";
}

std::size_t shown_columns(const Renderer& renderer) {
    std::size_t columns = 0;
    for (const auto& used : renderer.used_columns()) columns = std::max(columns, used.column + 1);
    for (const Branch& branch : renderer.branches()) columns = std::max(columns, branch.column + 1);
    return columns;
}

std::vector<TracedMail> sketches(Composer& composer) {
    const Mailbox nobody = Mailbox::from("nobody@somewhere.invalid");
    std::vector<TracedMail> mails;
    for (const Cells& cells : made_up(composer.renderer())) {
        mails.push_back(composer.trace(nobody, cells));
    }
    return mails;
}

}  // namespace tocsin
