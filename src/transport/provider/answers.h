// How answers of providers are put into words and verdicts, the same for all of them: what a status
// means where no documented code says more, and texts without a secret of ours in them, though the
// provider may have repeated one.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "transport/provider/provider.h"

namespace tocsin {

// Of a status alone: 2xx and most of 5xx kUnclear, since a 500 may come after acceptance; 503, 408
// and 425 kLater; 429 kThrottled; 3xx and every other 4xx kAccount: nothing was accepted, and to
// stop is safer than to burn a list.
ProviderVerdict verdict_of(int status);
bool is_success(const HttpResponse& response);  // 2xx

class Answers {
  public:
    explicit Answers(const ProviderSetup& setup);

    // `code` is the provider's own, or empty. A status out of 200…599 counts as 500.
    ProviderAnswer of(ProviderVerdict verdict, int status, std::string_view code,
                      std::string_view words) const;
    // "id 0100…", or nothing where the provider told no id.
    ProviderAnswer accepted(int status, std::string_view message_id) const;
    // By its status, with the beginning of its body for words where there are none.
    ProviderAnswer of(const HttpResponse& response, std::string_view code = {},
                      std::string_view words = {}) const;

    // For `probe` and `allowance`: what the response means for the person who set the provider up,
    // and which key of tocsin.yaml to look at.
    Unavailable trouble(const HttpResponse& response, std::string_view code = {},
                        std::string_view words = {}) const;
    // "Mailgun …", without our secrets: for what else is wrong with an account.
    Unavailable trouble(std::string_view sentence, std::string_view hint) const;
    // Asks, and returns the JSON of a 2xx. Throws Unavailable for all else.
    nlohmann::json ask(const Provider::Exchange& exchange, const HttpRequest& request) const;
    // The JSON of a body. Throws Unavailable where it is none.
    nlohmann::json json_of(const HttpResponse& response) const;

  private:
    std::string clean(std::string_view text) const;

    ProviderKind kind_;
    std::vector<std::string> secrets_;
};

// One answer for each of `count` messages.
std::vector<ProviderAnswer> same_for_all(const ProviderAnswer& answer, std::size_t count);

// The endpoint of the settings, or `usual`.
std::string endpoint_of(const ProviderSetup& setup, std::string_view usual);

// Why a message is no good for a provider, for people, or empty.
std::string size_fault(ProviderKind kind, std::size_t bytes, std::size_t most);
// Of parts with neither plain text nor HTML.
std::string text_fault(ProviderKind kind, const Message& message);
// Of recipients whose local part is beyond ASCII.
std::string smtputf8_fault(ProviderKind kind, const Message& message);

}  // namespace tocsin
