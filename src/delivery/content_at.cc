#include "delivery/content_at.h"

#include <cerrno>
#include <cstdlib>
#include <functional>
#include <system_error>

#include "base/error.h"
#include "base/file.h"
#include "campaign/read.h"
#include "compose/load_content.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

// What readers of files read an earlier revision from: a workspace of its own, gone with it.
class Checkout {
  public:
    explicit Checkout(const GitRevision& revision) : revision_(revision) {
        std::string name = (fs::temp_directory_path() / "tocsin-diff-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::system_error(errno, std::generic_category(), "cannot make a folder " + name);
        }
        root_ = fs::canonical(name);
    }
    Checkout(const Checkout&) = delete;
    Checkout& operator=(const Checkout&) = delete;
    ~Checkout() {
        std::error_code ignored;
        fs::remove_all(root_, ignored);
    }

    const fs::path& root() const { return root_; }

    // Whether it is there.
    bool take(const fs::path& path) const {
        auto bytes = revision_.file(path);
        if (bytes) write(path, *bytes);
        return bytes.has_value();
    }
    void take_all(const fs::path& below) const {
        for (const fs::path& path : revision_.files(below)) take(path);
    }
    // So that who names a list finds a file.
    void stand_in(const fs::path& path) const { write(path, "email\n"); }

  private:
    void write(const fs::path& path, const std::string& bytes) const {
        fs::path file = (root_ / path).lexically_normal();
        fs::path inside = file.lexically_relative(root_);
        if (inside.empty() || inside == "." || *inside.begin() == "..") return;
        make_private_folder(file.parent_path());
        create_file(file, bytes);
    }

    const GitRevision& revision_;
    fs::path root_;
};

Workspace workspace_in(const Checkout& checkout, const Workspace& present) {
    Findings ignored;  // of settings that a rendering does not need
    std::optional<Workspace> read;
    if (checkout.take("tocsin.yaml")) {
        read = read_workspace_partly(checkout.root() / "tocsin.yaml", ignored);
    }
    Workspace workspace = read ? std::move(*read) : present;
    workspace.root = checkout.root();
    return workspace;
}

void for_each_text(const Value* list, const std::function<void(const fs::path&)>& visit) {
    const Value::List* items = list != nullptr ? list->list() : nullptr;
    if (items == nullptr) return;
    for (const Value& item : *items) {
        if (const std::string* text = item.text()) visit(*text);
    }
}

// The campaign as plain data: its reader leaves out what is not there yet.
void take_what_is_named(const Checkout& checkout, const std::string& campaign_file) {
    Findings ignored;
    auto data = read_data(checkout.root() / campaign_file, ignored);
    if (!data) return;
    for_each_text(data->find("attachments"), [&](const fs::path& path) { checkout.take(path); });
    const Value* audience = data->find("audience");
    if (audience == nullptr) return;
    for (const char* key : {"lists", "exclude"}) {
        for_each_text(audience->find(key), [&](const fs::path& path) { checkout.stand_in(path); });
    }
}

}  // namespace

std::optional<Content> content_at(const GitRevision& revision, const Workspace& workspace,
                                  const std::string& campaign_file, Findings& findings) {
    Checkout checkout(revision);
    if (!checkout.take(campaign_file)) {
        throw MissingInput(campaign_file + " is not in revision " + revision.commit().substr(0, 12),
                           "--against takes another revision, or a campaign file");
    }
    checkout.take_all("templates");
    const Workspace then = workspace_in(checkout, workspace);
    take_what_is_named(checkout, campaign_file);
    auto campaign = read_campaign(checkout.root() / campaign_file, then, findings);
    if (!campaign) return std::nullopt;
    Content content = load_content(then, *campaign, findings);
    if (findings.has_errors()) return std::nullopt;
    return content;
}

}  // namespace tocsin
