// A witness behind a command of the shell, which can ask another machine: it gets one line
// `LEDGER_ID NUMBER` and answers with one line, the highest NUMBER that it was ever given for that
// ledger.
#pragma once

#include "delivery/witness.h"

namespace tocsin {

class WitnessCommand : public Witness {
  public:
    WitnessCommand(std::string command, std::filesystem::path folder, Milliseconds limit)
        : command_(std::move(command)), folder_(std::move(folder)), limit_(limit) {}
    std::int64_t tell(const std::string& ledger, std::int64_t number, bool known) override;

  private:
    std::string command_;
    std::filesystem::path folder_;
    Milliseconds limit_;
};

}  // namespace tocsin
