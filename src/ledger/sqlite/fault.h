// What SQLite and the system report, as the LedgerError that the rest of the program knows.
#pragma once

#include <SQLiteCpp/Exception.h>
#include <string>
#include <system_error>

#include "base/error.h"

namespace tocsin::sqlite {

// `what` could not be done: "cannot record outcomes in the ledger". The hint depends on the cause.
LedgerError ledger_error(const std::string& what, const SQLite::Exception& cause);

// Runs `action`; whatever breaks in it below this module becomes a LedgerError.
template <class Action>
auto guarded(const char* what, Action&& action) {
    try {
        return action();
    } catch (const SQLite::Exception& cause) {
        throw ledger_error(what, cause);
    } catch (const std::system_error& cause) {
        throw LedgerError(std::string(what) + ": " + cause.what());
    }
}

}  // namespace tocsin::sqlite
