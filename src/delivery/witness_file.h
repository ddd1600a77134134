// A witness that is a file, on another disk than the ledger's: one line `LEDGER_ID NUMBER` for each
// ledger that shares it, replaced as a whole.
#pragma once

#include "delivery/witness.h"

namespace tocsin {

class WitnessFile : public Witness {
  public:
    // `limit`: how long it waits for others who write.
    WitnessFile(std::filesystem::path file, Milliseconds limit)
        : file_(std::move(file)), limit_(limit) {}
    std::int64_t tell(const std::string& ledger, std::int64_t number, bool known) override;

  private:
    std::filesystem::path file_;
    Milliseconds limit_;
};

}  // namespace tocsin
