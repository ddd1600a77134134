#include "audience/open_list.h"

#include <algorithm>
#include <string>
#include <utility>

#include "audience/byte_source.h"

namespace tocsin {
namespace {

Finding refusal(const Located& path, FileSource::Refusal why) {
    Finding finding;
    finding.place = path.place;
    switch (why) {
        case FileSource::Refusal::kMissing:
            finding.id = "missing-file";
            finding.message = "there is no file " + path.text;
            finding.hint = "paths are relative to the folder of tocsin.yaml";
            break;
        case FileSource::Refusal::kNotAFile:
            finding.id = "not-a-file";
            finding.message = path.text + " is no regular file";
            finding.hint = "a list is a CSV or TSV file";
            break;
        case FileSource::Refusal::kUnreadable:
            finding.id = "unreadable-file";
            finding.message = path.text + " may not be read";
            finding.hint = "give yourself read permission for it";
            break;
    }
    return finding;
}

}  // namespace

std::vector<ListFile> open_lists(const std::filesystem::path& root,
                                 const std::vector<Located>& paths, ListUse use,
                                 Findings& findings) {
    std::vector<ListFile> lists;
    std::vector<FileSource::Identity> opened;
    for (const Located& path : paths) {
        FileSource::Refusal why{};
        auto source = FileSource::open(root / path.text, why);
        if (!source) {
            findings.add(refusal(path, why));
            continue;
        }
        // A second reading would count every row as a duplicate, and every bad row twice.
        if (std::find(opened.begin(), opened.end(), source->identity()) != opened.end()) {
            findings.add({Severity::kError, "repeated-list", path.place,
                          path.text + " is named twice", "remove one of the two", ""});
            continue;
        }
        opened.push_back(source->identity());
        auto list =
            read_list(path.text, std::make_unique<FileSource>(std::move(*source)), use, findings);
        if (list) lists.push_back(std::move(*list));
    }
    return lists;
}

}  // namespace tocsin
