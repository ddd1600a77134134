#include "transport/smtp/stage.h"

#include <array>

namespace tocsin {

const StageInfo& info(Stage stage) {
    using std::chrono::seconds;
    constexpr auto kUnlimited = std::nullopt;
    static constexpr std::array<StageInfo, 8> kTable = {{
        {"while idle", kUnlimited, Phase::kConnect},
        {"while waiting for the reply to MAIL", seconds(300), Phase::kConnect},
        {"while waiting for the reply to RCPT", seconds(300), Phase::kRcpt},
        {"while waiting for the reply to DATA", seconds(120), Phase::kData},
        {"while sending the message", seconds(180), Phase::kBody},
        {"while waiting for the reply to the end of data", seconds(600), Phase::kEndOfData},
        {"while waiting for the reply to RSET", seconds(20), Phase::kConnect},
        {"while waiting for the reply to QUIT", seconds(2), Phase::kConnect},
    }};
    return kTable.at(static_cast<std::size_t>(stage));
}

}  // namespace tocsin
