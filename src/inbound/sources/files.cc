#include "inbound/sources/files.h"

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "inbound/sources/file_source.h"
#include "inbound/sources/maildir_source.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

std::vector<fs::path> entries_of(const fs::path& folder) {
    std::vector<fs::path> entries;
    for (const auto& entry : fs::directory_iterator(folder)) {
        bool is_hidden = entry.path().filename().string().starts_with('.');
        bool may_lead_away = entry.is_symlink() && entry.is_directory();
        if (!is_hidden && !may_lead_away) entries.push_back(entry.path());
    }
    std::sort(entries.begin(), entries.end());
    return entries;
}

void add(const fs::path& path, std::vector<SourceMaker>& makers) {
    if (!fs::is_directory(path)) {
        makers.emplace_back([path] { return std::make_unique<MailFileSource>(path); });
    } else if (is_maildir(path)) {
        makers.emplace_back([path] { return std::make_unique<MaildirSource>(path); });
    } else {
        for (const fs::path& entry : entries_of(path)) add(entry, makers);
    }
}

}  // namespace

std::vector<SourceMaker> sources_at(const fs::path& path) {
    if (path != "-" && !fs::exists(path)) {
        throw MissingInput("there is no " + path.string(),
                           "a source is a Maildir, an mbox, a mail, a folder of mails, `-` or "
                           "imaps://USER@HOST/FOLDER");
    }
    std::vector<SourceMaker> makers;
    add(path, makers);
    return makers;
}

}  // namespace tocsin
