// Any bytes as a file of mails: every byte of a mail comes from the file, in its order, no mail is
// longer than asked for, and no more mails come out than the file has lines.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "inbound/sources/mail_splitter.h"

using namespace tocsin;

namespace {

constexpr std::size_t kMost = 1000;

void demand(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;  // fmemopen takes no empty buffer
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(
        ::fmemopen(const_cast<std::uint8_t*>(data), size, "rb"), &std::fclose);
    demand(stream != nullptr);
    MailSplitter splitter(stream.get(), kMost);
    std::size_t mails = 0, at = 0;
    while (auto mail = splitter.next()) {
        ++mails;
        demand(mail->size() <= kMost);
        at = bytes.find(*mail, at);
        demand(at != bytes.npos);
        at += mail->size();
    }
    auto lines = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
    demand(mails >= 1 && mails <= lines);
    return 0;
}
