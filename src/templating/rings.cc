#include "templating/rings.h"

#include <algorithm>

namespace tocsin::templating {
namespace {

class RingFinder {
  public:
    explicit RingFinder(const Partials& partials)
        : partials_(partials), state_(partials.includes.size(), State::kNew) {}

    std::vector<Ring> find() {
        visit(0);
        return std::move(rings_);
    }

  private:
    enum class State { kNew, kOnTheWay, kDone };

    // As deep as there are partials, of which `read_partials` bounds the number.
    void visit(std::size_t file) {
        state_[file] = State::kOnTheWay;
        for (const Include& include : partials_.includes[file]) {
            way_.push_back(include);
            if (state_[include.file] == State::kOnTheWay) keep_ring(include.file);
            if (state_[include.file] == State::kNew) visit(include.file);
            way_.pop_back();
        }
        state_[file] = State::kDone;
    }

    void keep_ring(std::size_t file) {
        auto first = std::find_if(way_.begin(), way_.end(), [&](const Include& include) {
            return include.spot.file == file;
        });
        rings_.emplace_back(first, way_.end());
    }

    const Partials& partials_;
    std::vector<State> state_;
    std::vector<Include> way_;
    std::vector<Ring> rings_;
};

}  // namespace

std::vector<Ring> find_rings(const Partials& partials) {
    return RingFinder(partials).find();
}

}  // namespace tocsin::templating
