#include "inbound/sources/maildir_source.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "inbound/sources/file_source.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

constexpr std::string_view kInfo = ":2,";

std::string flags_of(const std::string& name) {
    auto info = name.rfind(kInfo);
    return info == name.npos ? "" : name.substr(info + kInfo.size());
}

void collect(const fs::path& folder, const std::string& part, std::vector<std::string>& files) {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder / part)) {
        std::string name = entry.path().filename().string();
        bool to_read = !name.starts_with('.') && flags_of(name).find('S') == std::string::npos;
        if (to_read && entry.is_regular_file()) found.push_back(part + "/" + name);
    }
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
}

// Opens a mail that may be moved away at any moment.
std::optional<std::string> first_bytes(const fs::path& path) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                         &std::fclose);
    if (!file && errno == ENOENT) return std::nullopt;
    if (!file) {
        throw std::system_error(errno, std::generic_category(), "cannot read " + path.string());
    }
    std::string bytes;
    std::array<char, 65536> piece;
    std::size_t count = 0;
    while (bytes.size() < kMostOfAMail &&
           (count = std::fread(piece.data(), 1, piece.size(), file.get())) > 0) {
        bytes.append(piece.data(), count);
    }
    if (bytes.size() > kMostOfAMail) bytes.resize(kMostOfAMail);
    if (std::ferror(file.get()) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot read " + path.string());
    }
    return bytes;
}

}  // namespace

bool is_maildir(const fs::path& folder) {
    return fs::is_directory(folder / "new") && fs::is_directory(folder / "cur");
}

std::string maildir_name_with(const std::string& name, const std::string& flags) {
    std::string all = flags_of(name) + flags;
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return name.substr(0, name.rfind(kInfo)) + std::string(kInfo) + all;
}

MaildirSource::MaildirSource(fs::path folder) : folder_(std::move(folder)) {
    collect(folder_, "cur", files_);
    collect(folder_, "new", files_);
}

std::optional<ReceivedMail> MaildirSource::next() {
    while (next_ < files_.size()) {
        fs::path path = folder_ / files_[next_++];
        auto bytes = first_bytes(path);
        if (!bytes) continue;
        return ReceivedMail{next_, path.string(), "file " + path.string(), std::move(*bytes)};
    }
    return std::nullopt;
}

void MaildirSource::settle(std::span<const Settled> settled) {
    for (const Settled& one : settled) {
        const std::string& file = files_.at(one.number - 1);
        std::string name = fs::path(file).filename().string();
        fs::path to =
            folder_ / "cur" / maildir_name_with(name, one.fate == Fate::kKept ? "FS" : "S");
        if (std::rename((folder_ / file).c_str(), to.c_str()) == 0 || errno == ENOENT) continue;
        throw std::system_error(errno, std::generic_category(),
                                "cannot mark " + (folder_ / file).string() + " as handled");
    }
}

}  // namespace tocsin
