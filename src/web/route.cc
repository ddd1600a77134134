#include "web/route.h"

namespace tocsin {
namespace {

std::string_view last_segment(std::string_view path) {
    auto slash = path.rfind('/');
    return slash == path.npos ? path : path.substr(slash + 1);
}

}  // namespace

Route route_of(std::string_view path) {
    using Place = Route::Place;
    if (path == "/healthz") return {Place::kHealth};
    if (path == "/metrics") return {Place::kMetrics};
    if (path == "/favicon.ico" || path == "/robots.txt") return {Place::kNoPage};
    std::string_view last = last_segment(path);
    if (last == "pull") return {Place::kPull};
    if (last != "view" || path.size() <= last.size() + 1) return {Place::kToken, last};
    return {Place::kView, last_segment(path.substr(0, path.size() - last.size() - 1))};
}

}  // namespace tocsin
