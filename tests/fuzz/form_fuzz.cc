// Whatever a client posts: its first line is the Content-Type, the rest the body. No crash; one
// click is nothing but `kList`; and a body cut short never says more than it did in whole.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "web/post_body.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input(reinterpret_cast<const char*>(data), size);
    auto end = input.find('\n');
    std::string_view type = input.substr(0, end);
    std::string_view body = end == input.npos ? std::string_view() : input.substr(end + 1);
    Form form = read_form(type, body);
    if (form.one_click() && form.choice() != Choice::kList) std::abort();
    if (form.choice() && body.find('=') == body.npos) std::abort();
    return 0;
}
