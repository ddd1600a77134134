// Work in a child process that may die in the middle of it.
#pragma once

#include <csignal>
#include <cstring>
#include <exception>
#include <functional>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include "base/failpoint.h"

namespace tocsin::test {

inline pid_t start_child(const std::function<int()>& work) {
    pid_t child = ::fork();
    if (child == 0) {
        int code = 99;
        try {
            code = work();
        } catch (const std::exception&) {
        }
        ::_exit(code);
    }
    return child;
}

// How the child ended: its exit code (99 after an exception), or minus the signal that ended it.
inline int end_of(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

inline int in_child(const std::function<int()>& work) {
    return end_of(start_child(work));
}

inline std::string& deadly_failpoint() {
    static std::string name;
    return name;
}

// The process dies as by kill -9 when it comes to the failpoint.
inline void die_at(const std::string& name) {
    deadly_failpoint() = name;
    install_failpoint_hook([](const char* reached) {
        if (deadly_failpoint() == reached) ::raise(SIGKILL);
    });
}

}  // namespace tocsin::test
