#include "campaign/git_revision.h"

#include <algorithm>
#include <string_view>

#include "base/error.h"
#include "base/program.h"
#include "base/text.h"
#include "campaign/quote.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

constexpr std::size_t kLargestFile = 64u << 20;
constexpr std::size_t kLargestListing = 4u << 20;

// Plumbing only: the user's own configuration does not change what it prints.
ProgramRun git(const fs::path& folder, std::vector<std::string> arguments, std::size_t most) {
    arguments.insert(arguments.begin(), {"git", "--no-pager"});
    return run_program(arguments, "", {.most = most, .folder = folder});
}

bool is_fine(const ProgramRun& run) {
    return run.end == ProgramRun::End::kDone && run.status == 0;
}

std::string commit_of(const fs::path& folder, const std::string& revision) {
    // What begins so is an option, and no name of a revision can.
    if (revision.empty() || revision.starts_with('-')) return "";
    auto found = git(folder, {"rev-parse", "--verify", "--quiet", revision + "^{commit}"}, 1000);
    return is_fine(found) ? std::string(trim(found.out)) : "";
}

}  // namespace

bool in_git(const fs::path& folder) {
    return is_fine(git(folder, {"rev-parse", "--is-inside-work-tree"}, 1000));
}

GitRevision::GitRevision(fs::path folder, const std::string& revision)
    : folder_(std::move(folder)) {
    if (!in_git(folder_)) {
        throw UsageError("the workspace is in no git repository that can be read here",
                         "`git status` in its folder says why; --against takes a file, too");
    }
    commit_ = commit_of(folder_, revision);
    if (commit_.empty()) {
        throw UsageError("git knows no revision " + in_backquotes(printable(revision)),
                         "`git log` shows some; a campaign file can be named, too");
    }
}

std::optional<std::string> GitRevision::file(const fs::path& path) const {
    auto bytes =
        git(folder_, {"cat-file", "blob", commit_ + ":./" + path.generic_string()}, kLargestFile);
    if (bytes.end == ProgramRun::End::kTooMuch) {
        throw UsageError(in_backquotes(path.generic_string()) + " is too large in that revision");
    }
    if (!is_fine(bytes)) return std::nullopt;
    return std::move(bytes.out);
}

std::vector<fs::path> GitRevision::files(const fs::path& below) const {
    auto listing =
        git(folder_,
            {"ls-tree", "-r", "-z", "--name-only", commit_, "--", below.generic_string() + "/"},
            kLargestListing);
    std::vector<fs::path> paths;
    if (!is_fine(listing)) return paths;
    std::string_view rest = listing.out;
    while (!rest.empty()) {
        std::size_t end = std::min(rest.find('\0'), rest.size());
        paths.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return paths;
}

}  // namespace tocsin
