#include "transport/smtp/waker.h"

#include <cerrno>
#include <cstdint>
#include <sys/eventfd.h>
#include <system_error>

namespace tocsin {

Waker::Waker() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!descriptor_) {
        throw std::system_error(errno, std::generic_category(), "cannot wait for other threads");
    }
}

// It fails only where the count is full, and then it is readable already.
void Waker::wake() noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] auto written = ::write(descriptor(), &one, sizeof one);
}

void Waker::sleep() noexcept {
    std::uint64_t count = 0;
    [[maybe_unused]] auto taken = ::read(descriptor(), &count, sizeof count);
}

}  // namespace tocsin
