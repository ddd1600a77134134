#include "inbound/sources/file_source.h"

#include <cerrno>
#include <system_error>

#include "base/error.h"

namespace tocsin {
namespace {

std::FILE* open(const std::string& path) {
    if (path == "-") return stdin;
    if (std::FILE* file = std::fopen(path.c_str(), "rb")) return file;
    if (errno == ENOENT) throw MissingInput("there is no file " + path);
    throw std::system_error(errno, std::generic_category(), "cannot read " + path);
}

}  // namespace

void MailFileSource::Closer::operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
}

MailFileSource::MailFileSource(const std::filesystem::path& path)
    : path_(path.string()),
      file_(open(path_)),
      splitter_(std::make_unique<MailSplitter>(file_.get(), kMostOfAMail)) {}

std::optional<ReceivedMail> MailFileSource::next() {
    auto mail = splitter_ ? splitter_->next() : std::nullopt;
    if (!mail) {
        splitter_.reset();
        file_.reset();
        return std::nullopt;
    }
    std::string origin = keeps() ? "file " + path_ : "standard input";
    return ReceivedMail{++count_, path_, std::move(origin), std::move(*mail)};
}

}  // namespace tocsin
