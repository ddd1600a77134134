#include "base/machine.h"

#include <exception>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::size_t kDigits = 32;

std::filesystem::path& id_file() {
    static std::filesystem::path file = "/etc/machine-id";
    return file;
}

}  // namespace

std::string machine_id() {
    std::string content;
    try {
        content = read_file(id_file(), 4096);
    } catch (const std::exception&) {
        return "";
    }
    std::string id(trim(content));
    bool is_id = id.size() == kDigits && id.find_first_not_of("0123456789abcdef") == id.npos &&
                 id.find_first_not_of('0') != id.npos;
    return is_id ? id : "";
}

std::string host_name() {
    char host[256] = "";
    ::gethostname(host, sizeof host - 1);
    return host;
}

void use_machine_id_file(const std::filesystem::path& file) {
    id_file() = file;
}

}  // namespace tocsin
