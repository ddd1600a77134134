#include "lint/size_bound.h"

#include <algorithm>

namespace tocsin {
namespace {

// `"` becomes `&quot;`.
constexpr std::size_t kMostGrowth = 6;

const Trace& body(const TracedMail& mail) {
    return mail.mail.html.empty() ? mail.text : mail.html;
}

std::size_t count(const Trace& trace, std::size_t column) {
    return static_cast<std::size_t>(
        std::ranges::count_if(trace.pieces, [&](const TracePiece& piece) {
            return piece.kind == TracePiece::Kind::kField && piece.field == column;
        }));
}

}  // namespace

SizeBound::SizeBound(const std::vector<TracedMail>& sketches, const Renderer& renderer) {
    for (const auto& used : renderer.used_columns()) {
        std::size_t times = 0;
        for (const TracedMail& sketch : sketches) {
            // Once more for the preheader, whose trace is not the HTML's.
            times = std::max(times, count(body(sketch), used.column) + 1);
        }
        uses_.push_back({used.column, times});
    }
    for (const TracedMail& sketch : sketches) fixed_ = std::max(fixed_, body(sketch).text.size());
}

std::size_t SizeBound::most(const std::vector<std::string>& cells) const {
    std::size_t bytes = fixed_;
    for (const Use& use : uses_) {
        if (use.column < cells.size()) bytes += use.times * kMostGrowth * cells[use.column].size();
    }
    return bytes;
}

}  // namespace tocsin
