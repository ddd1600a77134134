#include "preview/preview.h"

#include <cstdio>

#include "base/file.h"
#include "compose/unsubscribe_links.h"
#include "preview/contact_sheet.h"

namespace tocsin {
namespace {

// "03-william.example.eml" would show addresses in shell histories and folder listings: numbers do
// not.
std::string file_name(std::size_t number) {
    char name[32];
    std::snprintf(name, sizeof name, "%03zu.eml", number);
    return name;
}

// Whether `file_name` could have given this name: --out may be a folder with mails of its owner.
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

std::string shown(const NamedMailbox& mailbox) {
    const std::string& address = mailbox.address.written();
    return mailbox.name.empty() ? address : mailbox.name + " <" + address + ">";
}

}  // namespace

std::filesystem::path write_preview(const std::filesystem::path& folder, const Content& content,
                                    Composer& composer, const std::vector<Recipient>& recipients,
                                    WallTime now) {
    make_private_folder(folder);
    remove_earlier(folder);
    const std::string link = unsubscribe_links(content.unsubscribe, kHarmless).visible();
    std::vector<SheetEntry> entries;
    for (const Recipient& recipient : recipients) {
        std::string file = file_name(entries.size() + 1);
        replace_file(folder / file,
                     composer.preview(recipient.address, recipient.cells, now).bytes);
        entries.push_back(
            {recipient.address.written(), file,
             composer.renderer().render(recipient.cells, {recipient.address.written(), link})});
    }
    replace_file(folder / "index.html",
                 contact_sheet(content.campaign, shown(content.from), entries));
    return folder / "index.html";
}

}  // namespace tocsin
