// Ends a wait on an epoll instance from another thread.
#pragma once

#include "base/descriptor.h"

namespace tocsin {

class Waker {
  public:
    // Throws std::system_error.
    Waker();

    // Readable from `wake` until `sleep`.
    int descriptor() const { return descriptor_.get(); }
    void wake() noexcept;  // from any thread
    void sleep() noexcept;

  private:
    Descriptor descriptor_;
};

}  // namespace tocsin
