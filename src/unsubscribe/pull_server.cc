#include "unsubscribe/pull_server.h"

#include <algorithm>

#include "mail/digest.h"
#include "unsubscribe/pull_protocol.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostPage = 256u << 10;
constexpr Milliseconds kWindow = std::chrono::minutes(5);  // to either side of our clock
// Only who holds the key can fill it.
constexpr std::size_t kMostNonces = 10'000;
constexpr std::size_t kNonce = 32;

// The key that made the request's MAC, or null.
const KeyRing::Keys* signer_of(const KeyRing& keys, const PullRequest& request) {
    const std::string time = request.header(pull::kTimeHeader);
    const std::string nonce = request.header(pull::kNonceHeader);
    if (nonce.size() != kNonce) return nullptr;
    for (const KeyRing::Keys& one : keys.all()) {
        if (one.fingerprint != request.header(pull::kKeyHeader)) continue;
        std::string mac = pull::request_mac(one, request.method, request.after, time, nonce);
        if (equal_in_constant_time(mac, request.header(pull::kMacHeader))) return &one;
    }
    return nullptr;
}

std::string milliseconds(WallTime time) {
    return std::to_string(time.time_since_epoch().count());
}

bool is_timely(const std::string& time, WallTime now) {
    auto then = pull::parse_number(time);
    auto at = static_cast<std::uint64_t>(now.time_since_epoch().count());
    auto window = static_cast<std::uint64_t>(kWindow.count());
    return then && *then <= at + window && *then + window >= at;
}

}  // namespace

bool PullServer::is_new(const std::string& nonce, WallTime now) {
    std::lock_guard lock(mutex_);
    // A request may come from the window's far end, and is timely until its near one.
    std::erase_if(nonces_, [&](const auto& one) { return one.second + 2 * kWindow < now; });
    return nonces_.size() < kMostNonces && nonces_.emplace(nonce, now).second;
}

PullAnswer PullServer::answer(const PullRequest& request) {
    if (request.method != "GET") return {405};
    const KeyRing::Keys* keys = signer_of(keys_, request);
    if (keys == nullptr) return {401};
    const std::string nonce = request.header(pull::kNonceHeader);
    const WallTime now = clock_.now();
    if (!is_timely(request.header(pull::kTimeHeader), now)) {
        std::string time = milliseconds(now);
        return {
            403,
            {{pull::kTimeHeader, time}, {pull::kMacHeader, pull::clock_mac(*keys, nonce, time)}}};
    }
    auto after = pull::parse_number(request.after);
    if (!is_new(nonce, now) || !after) return {401};
    JournalPage page = book_.page(*after, kMostPage);
    std::string body = pull::write_head({page.id, page.last, page.sum}) + page.lines;
    std::string mac = pull::answer_mac(*keys, nonce, body);
    return {200, {{pull::kMacHeader, std::move(mac)}}, std::move(body)};
}

}  // namespace tocsin
