// How many mails of 20 KB one thread signs with RSA-2048 in a second, beside `openssl speed` in the
// same run, and how many with Ed25519 in addition. Both count processor time, which others on the
// machine disturb little.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "mail/dkim.h"
#include "mail/mime.h"

using namespace tocsin;

namespace {

constexpr double kRound = 1;  // seconds
constexpr int kRounds = 9;

std::string output_of(const char* command) {
    std::FILE* pipe = ::popen(command, "r");  // NOLINT(cert-env33-c): constant commands only
    std::string output;
    char part[4096];
    while (pipe != nullptr && std::fgets(part, sizeof part, pipe) != nullptr) output += part;
    if (pipe != nullptr && ::pclose(pipe) == 0) return output;
    std::fprintf(stderr, "%s did not run\n", command);
    std::exit(1);
}

DkimIdentity identity(const std::string& selector, const char* make_key) {
    auto made = DkimIdentity::make("harbour.example", selector, output_of(make_key));
    return std::move(std::get<DkimIdentity>(made));
}

DkimSigner signer(bool with_ed25519) {
    std::vector<DkimIdentity> identities;
    identities.push_back(identity("rsa", "openssl genrsa 2048 2>/dev/null"));
    if (with_ed25519) identities.push_back(identity("ed", "openssl genpkey -algorithm ed25519"));
    return std::move(std::get<DkimSigner>(DkimSigner::make(std::move(identities))));
}

// An action alert: 4 KB of text, 14 KB of HTML, list headers.
std::string alert() {
    std::string paragraph =
        "The harbour board decides on Thursday whether the old fish market is sold, and every "
        "letter counts: it takes two minutes to write yours, in your own words.\n\n";
    Draft draft{.from = {"Reem and Mark", Mailbox::from("campaigns@harbour.example")},
                .reply_to = std::nullopt,
                .to = Mailbox::from("jo@members.example"),
                .subject = "Jo, write to the harbour board today",
                .message_id = "4a6f.2026@harbour.example",
                .date = {},
                .headers = {{"List-Id", "Alerts <alerts.harbour.example>"},
                            {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"}},
                .text = "",
                .html = "<!doctype html><html><body>\n",
                .attachments = {}};
    while (draft.text.size() < 4000) draft.text += paragraph;
    while (draft.html.size() < 14000) draft.html += "<p style=\"margin: 0\">" + paragraph + "</p>";
    return build_message(draft);
}

double processor_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double per_second(const DkimSigner& signer, const std::string& message) {
    double start = processor_seconds();
    double spent = 0;
    double count = 0;
    while (spent < kRound) {
        if (signer.sign(message, {}).empty()) std::abort();
        ++count;
        spent = processor_seconds() - start;
    }
    return count / spent;
}

// What `openssl speed` prints in its machine-readable form: "+F2:2:2048:SIGNED:VERIFIED", a second.
double openssl_speed() {
    auto output = output_of("openssl speed -mr -seconds 1 rsa2048 2>/dev/null");
    const std::string figures = "+F2:2:2048:";
    auto at = output.find(figures);
    return at == output.npos ? 0 : std::strtod(output.c_str() + at + figures.size(), nullptr);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace

int main() {
    std::string message = alert();
    DkimSigner rsa = signer(false);
    DkimSigner both = signer(true);
    std::printf("message of %zu bytes; signed in a second of processor time\n", message.size());
    std::printf("%14s %10s %6s %14s\n", "openssl speed", "RSA-2048", "ratio", "with Ed25519");
    std::vector<double> ratios;
    for (int round = 0; round < kRounds; ++round) {
        double peer = openssl_speed();
        double ours = per_second(rsa, message);
        ratios.push_back(ours / peer);
        std::printf("%14.0f %10.0f %6.2f %14.0f\n", peer, ours, ratios.back(),
                    per_second(both, message));
    }
    std::printf("median ratio %.2f\n", median(ratios));
}
