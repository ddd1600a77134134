#include "cli/options.h"

#include "cli/addresses.h"

namespace tocsin {

void take_campaign(CLI::App& command, std::string& campaign) {
    command.add_option("campaign", campaign, "Campaign file or id")
        ->type_name("CAMPAIGN")
        ->required();
}

void SampleOptions::take(CLI::App& command) {
    command.add_option("--as", as, "As this recipient would get it")->type_name("ADDRESS");
    command
        .add_option("--sample", sample,
                    "So many (more): the telling ones, then others, spread over the lists")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber);
}

SampleRequest SampleOptions::request(std::optional<std::size_t> otherwise) const {
    return {parse_addresses(as, "--as"), sample || !as.empty() ? sample : otherwise};
}

}  // namespace tocsin
