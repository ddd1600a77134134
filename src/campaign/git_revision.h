// The files of one revision of the git repository that the workspace lies in.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tocsin {

// Whether there is a git, and the folder is in a repository that it reads.
bool in_git(const std::filesystem::path& folder);

class GitRevision {
  public:
    // Throws UsageError where the folder is in no repository, or `revision` names no commit of it.
    GitRevision(std::filesystem::path folder, const std::string& revision);

    const std::string& commit() const { return commit_; }  // its full hash
    // Paths are relative to the folder. The bytes of a file, or nothing where there is none.
    std::optional<std::string> file(const std::filesystem::path& path) const;
    // All files in a folder and below it.
    std::vector<std::filesystem::path> files(const std::filesystem::path& below) const;

  private:
    std::filesystem::path folder_;
    std::string commit_;
};

}  // namespace tocsin
