// Whatever an organisation or a list is called, and whatever a browser says it speaks: a page has
// the same tags. Input: name, list, language, Accept-Language, separated by line ends.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "web/pages.h"
#include "web/route.h"

using namespace tocsin;

namespace {

std::string take_line(std::string_view& rest) {
    auto end = rest.find('\n');
    std::string line(rest.substr(0, end));
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    return line;
}

auto tags(const std::string& page) {
    return std::count(page.begin(), page.end(), '<') * 10'000 +
           std::count(page.begin(), page.end(), '"');
}

Workspace workspace_of(const std::string& organisation) {
    Workspace workspace;
    workspace.organisation.name = organisation;
    return workspace;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    std::string organisation = take_line(rest), list = take_line(rest);
    Reader hostile{"token", "", true, {}}, harmless{"token", "", true, {}};
    hostile.standing.list = list;
    harmless.standing.list = list.empty() ? "" : "x";
    hostile.standing.language = take_line(rest);
    hostile.accept_language = rest;
    Pages pages(workspace_of(organisation)), plain(workspace_of("x"));
    if (tags(pages.offer(hostile, true)) != tags(plain.offer(harmless, true))) std::abort();
    if (tags(pages.done(hostile, Choice::kList, {}, true)) !=
        tags(plain.done(harmless, Choice::kList, {}, true))) {
        std::abort();
    }
    route_of(rest);
    return 0;
}
