#include "base/program.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include "base/descriptor.h"

namespace tocsin {
namespace {

using End = ProgramRun::End;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kMostSaid = 4096;  // of standard error

[[noreturn]] void fail(int code, const std::string& program) {
    throw std::system_error(code, std::generic_category(), "cannot run " + program);
}

// A pair of sockets rather than a pipe: a program that ends early must not send us SIGPIPE.
struct Channel {
    Descriptor ours, theirs;

    explicit Channel(const std::string& program) {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
            fail(errno, program);
        }
        ours = Descriptor(ends[0]);
        theirs = Descriptor(ends[1]);
        ::fcntl(ours.get(), F_SETFL, O_NONBLOCK);
    }
};

// Those that are asked for come first; what ours has under the same names is left out.
std::vector<std::string> environment_with(const ProgramLimits& limits) {
    std::vector<std::string> words;
    for (const auto& [name, value] : limits.environment) words.push_back(name + "=" + value);
    for (char** one = ::environ; *one != nullptr; ++one) {
        const std::string_view word = *one;
        const std::string_view name = word.substr(0, word.find('='));
        const bool asked_for = std::ranges::any_of(
            limits.environment, [&](const auto& pair) { return pair.first == name; });
        if (!asked_for) words.emplace_back(word);
    }
    return words;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> all;
    for (std::string& word : words) all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

class Child {
  public:
    Child(const std::vector<std::string>& words, const std::string& input,
          const ProgramLimits& limits)
        : words_(words),
          input_(input),
          limits_(limits),
          until_(SteadyClock::now() + limits.timeout) {}

    ProgramRun run() {
        if (!start()) return {End::kMissing};
        while (result_.end == End::kDone && (out_.ours || err_.ours)) step();
        await();
        if (result_.end != End::kDone) ::kill(-child_, SIGKILL);
        result_.status = wait_for_end();
        return std::move(result_);
    }

  private:
    bool start();
    int spawn(char** arguments, const posix_spawn_file_actions_t& actions);
    void step();
    void feed();
    void read(Descriptor& from, std::string& into, std::size_t most);
    void await();
    int wait_for_end() const;

    const std::vector<std::string>& words_;
    const std::string& input_;
    const ProgramLimits& limits_;
    const SteadyClock::time_point until_;
    Channel in_{words_.front()}, out_{words_.front()}, err_{words_.front()};
    std::size_t fed_ = 0;
    pid_t child_ = 0;
    ProgramRun result_;
};

bool Child::start() {
    std::vector<std::string> words = words_;
    std::vector<char*> arguments = pointers(words);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in_.theirs.get(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out_.theirs.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, err_.theirs.get(), STDERR_FILENO);
    if (!limits_.folder.empty()) {
        ::posix_spawn_file_actions_addchdir_np(&actions, limits_.folder.c_str());
    }
    const int fault = spawn(arguments.data(), actions);
    ::posix_spawn_file_actions_destroy(&actions);
    if (fault == ENOENT) return false;
    if (fault != 0) fail(fault, words_.front());
    for (Channel* channel : {&in_, &out_, &err_}) channel->theirs = Descriptor();
    return true;
}

// A process group of its own, to be stopped as a whole; and SIGPIPE as programs expect it, which
// libcurl's start makes us ignore.
int Child::spawn(char** arguments, const posix_spawn_file_actions_t& actions) {
    posix_spawnattr_t how;
    ::posix_spawnattr_init(&how);
    ::posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    sigset_t defaults;
    ::sigemptyset(&defaults);
    ::sigaddset(&defaults, SIGPIPE);
    ::posix_spawnattr_setsigdefault(&how, &defaults);
    std::vector<std::string> words = environment_with(limits_);
    std::vector<char*> environment = pointers(words);
    const int fault =
        ::posix_spawnp(&child_, arguments[0], &actions, &how, arguments, environment.data());
    ::posix_spawnattr_destroy(&how);
    return fault;
}

void Child::step() {
    const auto left = std::chrono::duration_cast<Milliseconds>(until_ - SteadyClock::now()).count();
    if (left <= 0) {
        result_.end = End::kTimeout;
        return;
    }
    std::array<pollfd, 3> watched{pollfd{in_.ours.get(), POLLOUT, 0},
                                  pollfd{out_.ours.get(), POLLIN, 0},
                                  pollfd{err_.ours.get(), POLLIN, 0}};
    ::poll(watched.data(), watched.size(), static_cast<int>(std::min<long>(left, 1000)));
    if (watched[0].revents != 0) feed();
    if (watched[1].revents != 0) read(out_.ours, result_.out, limits_.most + 1);
    if (watched[2].revents != 0) read(err_.ours, result_.said, kMostSaid);
    if (result_.out.size() > limits_.most) result_.end = End::kTooMuch;
}

void Child::feed() {
    const ssize_t sent = ::send(in_.ours.get(), input_.data() + fed_, input_.size() - fed_,
                                MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (sent > 0) fed_ += static_cast<std::size_t>(sent);
    // It wants no more, or has all: an end of file.
    if (sent < 0 || fed_ == input_.size()) in_.ours = Descriptor();
}

void Child::read(Descriptor& from, std::string& into, std::size_t most) {
    std::array<char, 16384> block;
    const ssize_t got = ::read(from.get(), block.data(), block.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
        from = Descriptor();
        return;
    }
    into.append(block.data(), std::min(static_cast<std::size_t>(got), most - into.size()));
}

// One that has closed its output may go on for ever.
void Child::await() {
    siginfo_t ended{};
    while (result_.end == End::kDone) {
        ended.si_pid = 0;
        constexpr int kLook = WEXITED | WNOHANG | WNOWAIT;
        if (::waitid(P_PID, static_cast<id_t>(child_), &ended, kLook) != 0) return;
        if (ended.si_pid != 0) return;
        if (SteadyClock::now() >= until_) result_.end = End::kTimeout;
        ::poll(nullptr, 0, 2);
    }
}

int Child::wait_for_end() const {
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0) {
        if (errno != EINTR) fail(errno, words_.front());
    }
    constexpr int kSignalBase = 128;
    return WIFEXITED(status) ? WEXITSTATUS(status) : kSignalBase + WTERMSIG(status);
}

}  // namespace

ProgramRun run_program(const std::vector<std::string>& words, const std::string& input,
                       const ProgramLimits& limits) {
    return Child(words, input, limits).run();
}

}  // namespace tocsin
