#include "preview/preview.h"

#include <cstdio>

#include "base/file.h"
#include "preview/page.h"

namespace tocsin {
namespace {

// Whether `preview_file_name` could have given this name: --out may be a folder with mails of its
// owner.
bool is_ours(const std::filesystem::path& file) {
    const std::string stem = file.stem().string();
    bool has_digits_only = stem.find_first_not_of("0123456789") == std::string::npos;
    return file.extension() == ".eml" && stem.size() >= 3 && has_digits_only;
}

void remove_earlier(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (is_ours(entry.path())) std::filesystem::remove(entry.path());
    }
}

}  // namespace

std::string preview_file_name(std::size_t number) {
    char name[32];
    std::snprintf(name, sizeof name, "%03zu.eml", number);
    return name;
}

std::filesystem::path write_preview(const std::filesystem::path& folder,
                                    const CampaignSummary& summary,
                                    const std::vector<MailView>& mails) {
    make_private_folder(folder);
    remove_earlier(folder);
    for (const MailView& mail : mails) replace_file(folder / mail.file, mail.source);
    replace_file(folder / "index.html", preview_page(summary, mails));
    return folder / "index.html";
}

}  // namespace tocsin
