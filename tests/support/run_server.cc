#include "support/run_server.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace tocsin {
namespace {

using Json = nlohmann::json;
using Run = int (*)(int, char**);

[[noreturn]] void give_up(const char* what) {
    std::perror(what);
    std::exit(EXIT_FAILURE);
}

// What a child writes to a descriptor of its own.
class Capture {
  public:
    Capture() : file_(::memfd_create("output", MFD_CLOEXEC)) {
        if (file_ < 0) give_up("memfd_create");
    }
    Capture(const Capture&) = delete;
    Capture& operator=(const Capture&) = delete;
    ~Capture() { ::close(file_); }

    void take(int descriptor) const {
        if (::dup2(file_, descriptor) < 0) give_up("dup2");
    }
    std::string text() const {
        std::string text;
        char piece[4096];
        while (true) {
            ssize_t size = ::pread(file_, piece, sizeof piece, static_cast<off_t>(text.size()));
            if (size <= 0) return text;
            text.append(piece, static_cast<std::size_t>(size));
        }
    }

  private:
    int file_;
};

void close_input() {
    int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0) give_up("/dev/null");
}

// In the child.
[[noreturn]] void act(const Json& request, Run run) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto folder = request.at("cwd").get<std::string>();
    if (::chdir(folder.c_str()) != 0) give_up(folder.c_str());
    for (const auto& [name, value] : request.at("env").items()) {
        ::setenv(name.c_str(), value.get<std::string>().c_str(), 1);
    }
    auto words = request.at("argv").get<std::vector<std::string>>();
    words.insert(words.begin(), "tocsin");
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::exit(run(static_cast<int>(words.size()), argv.data()));
}

int wait_for(pid_t child) {
    int status = 0;
    if (::waitpid(child, &status, 0) != child) give_up("waitpid");
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

Json answer(const Json& request, Run run) {
    const Capture out, err;
    const pid_t child = ::fork();
    if (child < 0) give_up("fork");
    if (child == 0) {
        close_input();
        out.take(STDOUT_FILENO);
        err.take(STDERR_FILENO);
        act(request, run);
    }
    const int code = wait_for(child);
    return {{"code", code}, {"out", out.text()}, {"err", err.text()}};
}

}  // namespace

int serve_runs(Run run) {
    std::string line;
    while (std::getline(std::cin, line)) {
        const Json answered = answer(Json::parse(line), run);
        std::cout << answered.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
    }
    return EXIT_SUCCESS;
}

}  // namespace tocsin
