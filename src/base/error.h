// Typed exceptions for what breaks the environment. Each names who reacts; `cli/run.cc` is the one
// place that turns them into a message and an exit code (docs/exit-codes.md). What is merely wrong
// in the user's files is a `Finding`; what a server answers is a value.
#pragma once

#include <stdexcept>
#include <string>

namespace tocsin {

// The sysexits-like codes that other programs rely on.
enum class ExitCode {
    kOk = 0,
    kInDoubt = 3,        // done, but some recipients are in doubt and held
    kUsage = 64,         // the command line
    kBadInput = 65,      // campaign, list or template: findings were printed
    kMissingInput = 66,  // an input file is missing
    kUnavailable = 69,   // a server or provider cannot be used
    kSoftware = 70,      // a fault of ours
    kLedger = 74,        // the ledger cannot be read or written, or is another one
    kNotFinished = 75,   // run again later
    kRefused = 77,       // no confirmation, held, changed since the plan
    kConfig = 78,        // tocsin.yaml, or a secret that cannot be had
};

// Base of all: `what()` is a sentence for the user, `hint()` what to do about it, or empty.
class Error : public std::runtime_error {
  public:
    Error(ExitCode code, const std::string& message, std::string hint = "")
        : std::runtime_error(message), code_(code), hint_(std::move(hint)) {}
    ExitCode code() const { return code_; }
    const std::string& hint() const { return hint_; }

  private:
    ExitCode code_;
    std::string hint_;
};

// The user corrects the command line.
struct UsageError : Error {
    explicit UsageError(const std::string& message, std::string hint = "")
        : Error(ExitCode::kUsage, message, std::move(hint)) {}
};

// The user supplies the file.
struct MissingInput : Error {
    explicit MissingInput(const std::string& message, std::string hint = "")
        : Error(ExitCode::kMissingInput, message, std::move(hint)) {}
};

// The user or the server's operator acts; nothing was sent after it.
struct Unavailable : Error {
    explicit Unavailable(const std::string& message, std::string hint = "")
        : Error(ExitCode::kUnavailable, message, std::move(hint)) {}
};

// The send stops: what cannot be recorded must not happen.
struct LedgerError : Error {
    explicit LedgerError(const std::string& message, std::string hint = "")
        : Error(ExitCode::kLedger, message, std::move(hint)) {}
};

// The caller comes back later: another sender holds the campaign, say.
struct Busy : Error {
    explicit Busy(const std::string& message, std::string hint = "")
        : Error(ExitCode::kNotFinished, message, std::move(hint)) {}
};

// The user decides: confirm, release, replan.
struct Refused : Error {
    explicit Refused(const std::string& message, std::string hint = "")
        : Error(ExitCode::kRefused, message, std::move(hint)) {}
};

// The user mends tocsin.yaml or the secret.
struct ConfigError : Error {
    explicit ConfigError(const std::string& message, std::string hint = "")
        : Error(ExitCode::kConfig, message, std::move(hint)) {}
};

}  // namespace tocsin
