#include "web/route.h"

namespace tocsin {
namespace {

std::string_view last_segment(std::string_view path) {
    auto slash = path.rfind('/');
    return slash == path.npos ? path : path.substr(slash + 1);
}

std::string_view without_last_segment(std::string_view path) {
    auto slash = path.rfind('/');
    return slash == path.npos ? "" : path.substr(0, slash);
}

// Other names behind `webhooks/` are tokens, as `unsubscribe.url` may end so.
std::optional<ProviderKind> provider_in(std::string_view path) {
    if (last_segment(without_last_segment(path)) != "webhooks") return std::nullopt;
    return provider_kind(last_segment(path));
}

}  // namespace

Route route_of(std::string_view path) {
    using Place = Route::Place;
    if (path == "/healthz") return {Place::kHealth};
    if (path == "/metrics") return {Place::kMetrics};
    if (path == "/favicon.ico" || path == "/robots.txt") return {Place::kNoPage};
    if (auto provider = provider_in(path)) return {Place::kWebhook, {}, provider};
    std::string_view last = last_segment(path);
    if (last == "pull") return {Place::kPull};
    if (last != "view" || path.size() <= last.size() + 1) return {Place::kToken, last};
    return {Place::kView, last_segment(without_last_segment(path))};
}

}  // namespace tocsin
