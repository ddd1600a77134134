#include "cli/options.h"

#include "cli/addresses.h"

namespace tocsin {
namespace {

// CLI11's own says how large a number can be, in 309 digits.
CLI::Validator at_least_one() {
    return CLI::Validator(
        [](std::string& given) {
            bool is_number = !given.empty() && given.find_first_not_of("0123456789") == given.npos;
            bool is_zero = given.find_first_not_of('0') == given.npos;
            return is_number && !is_zero ? "" : "expects a number of people, such as 5";
        },
        "");
}

}  // namespace

void take_campaign(CLI::App& command, std::string& campaign) {
    command.add_option("campaign", campaign, "Campaign file or id")
        ->type_name("CAMPAIGN")
        ->required();
}

CLI::Option* take_mailing(CLI::App& command, std::string& mailing) {
    return command
        .add_option("campaign", mailing,
                    "Campaign file or id; of a recurring one also with @TIME, as in "
                    "weekly@2026-12-07T09:00")
        ->type_name("CAMPAIGN[@OCCURRENCE]");
}

void SampleOptions::take(CLI::App& command) {
    command.add_option("--as", as, "As this recipient would get it")->type_name("ADDRESS");
    command
        .add_option("--sample", sample,
                    "So many people: the most telling, then others, spread over the lists")
        ->type_name("N")
        ->check(at_least_one());
}

SampleRequest SampleOptions::request(std::optional<std::size_t> otherwise) const {
    return {parse_addresses(as, "--as"), sample || !as.empty() ? sample : otherwise};
}

}  // namespace tocsin
