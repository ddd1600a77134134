#include "unsubscribe/pull.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/file.h"
#include "base/random.h"
#include "base/text.h"
#include "mail/digest.h"
#include "transport/http/exchange.h"
#include "unsubscribe/journal_record.h"
#include "unsubscribe/pull_protocol.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostPage = 4u << 20;

HttpRequest request_for(const PullSource& source, std::uint64_t after, const std::string& time,
                        const std::string& nonce) {
    const KeyRing::Keys& keys = source.keys.signing();
    const std::string number = std::to_string(after);
    HttpRequest request;
    request.url = source.url + "pull?after=" + number;
    request.headers = {{pull::kKeyHeader, keys.fingerprint},
                       {pull::kTimeHeader, time},
                       {pull::kNonceHeader, nonce},
                       {pull::kMacHeader, pull::request_mac(keys, "GET", number, time, nonce)}};
    return request;
}

ExchangeLimits limits_for(const PullSource& source) {
    return {.timeout = source.timeout, .most = kMostPage, .stop = source.stop};
}

[[noreturn]] void fail(const HttpResponse& response) {
    if (response.status == 401) {
        throw Unavailable("the server of `unsubscribe.url` does not accept our key",
                          "give it the same secret as this workspace has");
    }
    if (response.status == 404 || response.status == 405) {
        throw Unavailable("the server of `unsubscribe.url` keeps nothing to pull",
                          "only `tocsin serve --standalone` does");
    }
    throw Unavailable("the server of `unsubscribe.url` answered a pull with status " +
                      std::to_string(response.status));
}

bool is_signed(const HttpResponse& response, const std::string& mac) {
    return equal_in_constant_time(response.header("tocsin-mac"), mac);
}

// By the server's clock, where ours is wrong: what it says of it is signed.
std::optional<std::string> corrected_time(const PullSource& source, const HttpResponse& response,
                                          const std::string& nonce) {
    std::string time = response.header("tocsin-time");
    bool genuine = response.status == 403 &&
                   is_signed(response, pull::clock_mac(source.keys.signing(), nonce, time));
    return genuine ? std::optional(time) : std::nullopt;
}

std::string fetch(const PullSource& source, std::uint64_t after) {
    std::string time = std::to_string(source.clock.now().time_since_epoch().count());
    std::string nonce = random_hex(16);
    HttpResponse response = exchange(request_for(source, after, time, nonce), limits_for(source));
    if (auto corrected = corrected_time(source, response, nonce)) {
        nonce = random_hex(16);
        response = exchange(request_for(source, after, *corrected, nonce), limits_for(source));
    }
    if (response.status != 200) fail(response);
    if (!is_signed(response, pull::answer_mac(source.keys.signing(), nonce, response.body))) {
        throw Unavailable("what the server of `unsubscribe.url` answered is not signed by our key",
                          "something on the way may change it; nothing was taken");
    }
    return std::move(response.body);
}

[[noreturn]] void nonsense() {
    throw Unavailable("the server of `unsubscribe.url` gives a journal that cannot be read",
                      "it may be of another version");
}

// One line of a page.
void take(std::string_view line, const KeyRing& keys, PulledPage& page) {
    auto record = parse_record(line);
    if (record && record->number > page.place.after) {
        page.place.after = record->number;
        page.place.sum = sum_in(line);
    }
    auto token = record ? decode_token(keys, record->token) : std::nullopt;
    if (!token) {
        ++page.unknown;
        return;
    }
    page.leavings.push_back({record->token, *token, record->choice, record->source, record->time});
}

PulledPage read_page(const PullSource& source, std::string_view body, std::uint64_t after) {
    auto head = pull::parse_head(body.substr(0, body.find('\n')));
    if (!head) nonsense();
    PulledPage page{{}, 0, {head->id, after, head->sum}, false};
    body.remove_prefix(body.find('\n') + 1);
    const bool empty = body.empty();
    while (!body.empty()) {
        auto end = body.find('\n');
        take(body.substr(0, end), source.keys, page);
        body.remove_prefix(end == body.npos ? body.size() : end + 1);
    }
    if (!empty && page.place.after <= after) nonsense();
    page.more = page.place.after < head->last;
    if (empty && page.more) nonsense();
    return page;
}

}  // namespace

PulledPage pull_page(const PullSource& source, const PullPlace& from) {
    const std::string body = fetch(source, from.after);
    auto head = pull::parse_head(std::string_view(body).substr(0, body.find('\n')));
    if (!head) nonsense();
    const bool same = head->id == from.id && head->last >= from.after && head->sum == from.sum;
    if (same || from.after == 0) return read_page(source, body, from.after);
    return read_page(source, fetch(source, 0), 0);
}

namespace {

constexpr std::size_t kFields = 5;

std::string fingerprints(const KeyRing& keys) {
    std::string all;
    for (const KeyRing::Keys& one : keys.all()) all += (all.empty() ? "" : ",") + one.fingerprint;
    return all;
}

// Between blanks, with a line end behind them.
std::vector<std::string> split_fields(std::string_view text) {
    std::vector<std::string> fields;
    if (text.empty() || text.back() != '\n') return fields;
    text.remove_suffix(1);
    for (auto blank = text.find(' '); blank != text.npos; blank = text.find(' ')) {
        fields.emplace_back(text.substr(0, blank));
        text.remove_prefix(blank + 1);
    }
    fields.emplace_back(text);
    return fields;
}

}  // namespace

PullMemory::PullMemory(const std::filesystem::path& folder, const std::string& url,
                       std::string ledger, const KeyRing& keys)
    : file_(folder / (to_hex(sha256(url)).substr(0, 16) + ".pull")),
      ledger_(std::move(ledger)),
      keys_(fingerprints(keys)) {}

// LEDGER KEYS ID AFTER SUM. What is not readable costs a pull of everything.
PullPlace PullMemory::recall() const {
    if (!std::filesystem::exists(file_)) return {};
    auto fields = split_fields(read_file(file_, 4096));
    if (fields.size() != kFields || fields[0] != ledger_ || fields[1] != keys_) return {};
    auto after = pull::parse_number(fields[3]);
    return after ? PullPlace{fields[2], *after, fields[4]} : PullPlace{};
}

void PullMemory::keep(const PullPlace& place) const {
    make_private_folder(file_.parent_path());
    replace_file(file_, ledger_ + " " + keys_ + " " + place.id + " " + std::to_string(place.after) +
                            " " + place.sum + "\n");
}

PassedOver passed_over(const PullCount& count) {
    if (count.unknown == 0) return {};
    return {
        counted(count.unknown, "choice") +
            " at `unsubscribe.url` cannot be read here, and count for nothing: no secret of "
            "this workspace made their links",
        "name the secret they were made with under `previous_secrets`; all is pulled again then"};
}

namespace {

// A send shares the ledger with us, and waits for as long as a transaction takes.
void record_in_parts(std::span<const Leaving> leavings, LeaveBook& into) {
    constexpr std::size_t kPart = 200;
    while (!leavings.empty()) {
        auto part = leavings.first(std::min(leavings.size(), kPart));
        into.record(part);
        leavings = leavings.subspan(part.size());
    }
}

}  // namespace

PullCount pull_all(const PullSource& source, const PullMemory& memory, LeaveBook& into) {
    PullCount count;
    PullPlace place = memory.recall();
    for (bool more = true; more;) {
        PulledPage page = pull_page(source, place);
        record_in_parts(page.leavings, into);
        if (!(page.place == place)) memory.keep(page.place);
        count.records += page.leavings.size();
        count.unknown += page.unknown;
        place = page.place;
        more = page.more;
    }
    return count;
}

}  // namespace tocsin
