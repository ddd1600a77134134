// SHA-256 over bytes that come in pieces.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace tocsin {

class Sha256 {
  public:
    Sha256();
    ~Sha256();
    void add(std::string_view bytes);
    // 32 raw bytes; once.
    std::string finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tocsin
