#include "base/program.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include "base/descriptor.h"

namespace tocsin {
namespace {

constexpr int kNoProgram = 127;

class FileActions {
  public:
    FileActions(const std::filesystem::path& folder, int output) {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    const posix_spawn_file_actions_t* get() const { return &actions_; }

  private:
    posix_spawn_file_actions_t actions_;
};

int start(const std::vector<std::string>& arguments, const FileActions& actions, pid_t& child) {
    std::vector<std::string> copies = arguments;
    std::vector<char*> pointers;
    for (std::string& argument : copies) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    return ::posix_spawnp(&child, pointers[0], actions.get(), nullptr, pointers.data(), ::environ);
}

void read_output(int fd, std::size_t most, ProgramOutput& output) {
    std::array<char, 65536> block;
    for (;;) {
        ssize_t got = ::read(fd, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return;
        output.text.append(block.data(), static_cast<std::size_t>(got));
        output.too_long = output.text.size() > most;
        if (output.too_long) return;
    }
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
    }
    constexpr int kSignalBase = 128;
    return WIFEXITED(status) ? WEXITSTATUS(status) : kSignalBase + WTERMSIG(status);
}

}  // namespace

ProgramOutput run_program(const std::vector<std::string>& arguments,
                          const std::filesystem::path& folder, std::size_t most) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
    }
    Descriptor reader(ends[0]);
    Descriptor writer(ends[1]);
    ProgramOutput output;
    pid_t child = 0;
    int fault = start(arguments, FileActions(folder, writer.get()), child);
    writer = Descriptor();
    if (fault == ENOENT) {
        output.status = kNoProgram;
        return output;
    }
    if (fault != 0) {
        throw std::system_error(fault, std::generic_category(), "cannot run " + arguments[0]);
    }
    read_output(reader.get(), most, output);
    reader = Descriptor();
    output.status = wait_for(child);
    return output;
}

}  // namespace tocsin
