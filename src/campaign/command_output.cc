#include "campaign/command_output.h"

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

[[noreturn]] void fail(int code) {
    throw std::system_error(code, std::generic_category(), "cannot run /bin/sh");
}

class FileActions {
  public:
    FileActions() { ::posix_spawn_file_actions_init(&actions_); }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;

    void to_stdout(int fd) { ::posix_spawn_file_actions_adddup2(&actions_, fd, STDOUT_FILENO); }
    void change_folder(const std::filesystem::path& folder) {
        ::posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    }
    const posix_spawn_file_actions_t* get() const { return &actions_; }

  private:
    posix_spawn_file_actions_t actions_;
};

pid_t start(const std::string& command, const std::filesystem::path& folder, int output) {
    FileActions actions;
    actions.to_stdout(output);
    actions.change_folder(folder);
    std::string shell = "/bin/sh";
    std::string option = "-c";
    std::string script = command;
    std::array<char*, 4> arguments{shell.data(), option.data(), script.data(), nullptr};
    pid_t child = 0;
    int fault =
        ::posix_spawn(&child, shell.c_str(), actions.get(), nullptr, arguments.data(), ::environ);
    if (fault != 0) fail(fault);
    return child;
}

void read_output(int fd, std::size_t most, CommandOutput& output) {
    std::array<char, 4096> block;
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
        if (errno != EINTR) fail(errno);
    }
    constexpr int kSignalBase = 128;
    return WIFEXITED(status) ? WEXITSTATUS(status) : kSignalBase + WTERMSIG(status);
}

}  // namespace

CommandOutput run_command(const std::string& command, const std::filesystem::path& folder,
                          std::size_t most) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail(errno);
    Descriptor reader(ends[0]);
    Descriptor writer(ends[1]);
    pid_t child = start(command, folder, writer.get());
    writer = Descriptor();
    CommandOutput output;
    read_output(reader.get(), most, output);
    reader = Descriptor();
    output.status = wait_for(child);
    return output;
}

}  // namespace tocsin
