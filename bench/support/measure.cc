// Runs a command and writes what it took: bench_measure FILE COMMAND [ARGUMENT...]
//
// The file gets one object: start_ns and end_ns on CLOCK_MONOTONIC, user_us, system_us,
// max_rss_kib, and status (the exit code, or 128 + the signal). A small process does this because a
// child inherits the peak memory of whoever it was forked from: under an interpreter no peak below
// the interpreter's own could be seen. SIGTERM and SIGINT are passed on; the command dies with this
// process.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/loopback.h"

namespace {

volatile pid_t child = 0;

void pass_on(int signal) {
    if (child > 0) kill(child, signal);
}

[[noreturn]] void become(char** command) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execvp(command[0], command);
    std::perror(command[0]);
    _exit(127);
}

long long microseconds(const timeval& time) {
    return time.tv_sec * 1'000'000LL + time.tv_usec;
}

void write_result(const char* path, long long start, long long end, int status,
                  const rusage& used) {
    std::FILE* file = std::fopen(path, "w");
    if (file == nullptr) {
        std::perror(path);
        std::exit(1);
    }
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    std::fprintf(file,
                 "{\"start_ns\": %lld, \"end_ns\": %lld, \"user_us\": %lld, \"system_us\": %lld,"
                 " \"max_rss_kib\": %ld, \"status\": %d}\n",
                 start, end, microseconds(used.ru_utime), microseconds(used.ru_stime),
                 used.ru_maxrss, code);
    std::fclose(file);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) return 64;
    long long start = tocsin::bench::monotonic_ns();
    child = fork();
    if (child == 0) become(arguments + 2);
    std::signal(SIGTERM, pass_on);
    std::signal(SIGINT, pass_on);
    int status = 0;
    rusage used{};
    while (wait4(child, &status, 0, &used) < 0) {
    }
    write_result(arguments[1], start, tocsin::bench::monotonic_ns(), status, used);
    return 0;
}
