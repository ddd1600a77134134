#include "delivery/relay_log/log_file.h"

#include <cerrno>
#include <memory>
#include <string>
#include <system_error>
#include <vector>
#include <zlib.h>

#include "base/error.h"

namespace tocsin {
namespace {

constexpr std::size_t kLongestLine = 64 * 1024;

struct Close {
    void operator()(gzFile file) const { ::gzclose(file); }
};
using OpenFile = std::unique_ptr<gzFile_s, Close>;

// zlib gives the bytes of a file that is not compressed as they are.
OpenFile open_log(const std::filesystem::path& path) {
    OpenFile file(::gzopen(path.c_str(), "rbe"));
    if (file) return file;
    int why = errno;
    if (why == ENOENT || why == ENOTDIR) throw MissingInput("there is no " + path.string());
    throw Error(ExitCode::kBadInput,
                "cannot read " + path.string() + ": " + std::generic_category().message(why));
}

std::size_t read_some(gzFile file, const std::filesystem::path& path, std::vector<char>& buffer) {
    int count = ::gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()));
    int fault = Z_OK;
    std::string why = ::gzerror(file, &fault);
    // Z_BUF_ERROR: the compressed file is cut short, as when it is still being written.
    if (count >= 0 && fault == Z_OK) return static_cast<std::size_t>(count);
    if (fault == Z_ERRNO) why = std::generic_category().message(errno);
    throw Error(ExitCode::kBadInput, "cannot read " + path.string() + ": " + why);
}

// Puts the pieces that come from the file together to lines.
class LineMaker {
  public:
    explicit LineMaker(const std::function<void(std::string_view)>& visit) : visit_(visit) {}

    void take(std::string_view bytes) {
        for (;;) {
            std::size_t end = bytes.find('\n');
            keep(bytes.substr(0, end));
            if (end == std::string_view::npos) return;
            finish();
            bytes.remove_prefix(end + 1);
        }
    }
    void finish() {
        if (!line_.empty()) visit_(line_);
        line_.clear();
    }

  private:
    void keep(std::string_view part) { line_ += part.substr(0, kLongestLine - line_.size()); }

    const std::function<void(std::string_view)>& visit_;
    std::string line_;
};

}  // namespace

void for_each_log_line(const std::filesystem::path& path,
                       const std::function<void(std::string_view)>& visit) {
    OpenFile file = open_log(path);
    std::vector<char> buffer(kLongestLine);
    LineMaker lines(visit);
    while (std::size_t count = read_some(file.get(), path, buffer)) {
        lines.take({buffer.data(), count});
    }
    lines.finish();
}

}  // namespace tocsin
