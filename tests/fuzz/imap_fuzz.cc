// Any bytes as what an IMAP server says: either answers, or an error that says so; no crash, no
// mail that is longer than what was said.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.h"
#include "transport/imap/dialogue.h"

using namespace tocsin;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

// Says the bytes in pieces, whatever it is asked; then the connection is gone.
struct BytesWire : ImapWire {
    std::string_view bytes;
    explicit BytesWire(std::string_view b) : bytes(b) {}
    void send(std::string_view) override {}
    std::string receive() override {
        if (bytes.empty()) throw Unavailable("closed");
        std::string some(bytes.substr(0, 11));
        bytes.remove_prefix(some.size());
        return some;
    }
};

void talk(std::string_view bytes) {
    ImapDialogue folder(std::make_unique<BytesWire>(bytes), "imaps://h/f", "f", false);
    for (ImapUid uid : folder.unread()) {
        auto mail = folder.fetch(uid, 1000);
        demand(!mail || mail->size() <= bytes.size());
        folder.mark(std::span(&uid, 1), true);
        folder.move(std::span(&uid, 1), "done");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        talk({reinterpret_cast<const char*>(data), size});
    } catch (const Unavailable&) {
        return 0;
    }
    return 0;
}
