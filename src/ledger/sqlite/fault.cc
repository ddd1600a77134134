#include "ledger/sqlite/fault.h"

#include <sqlite3.h>

namespace tocsin::sqlite {
namespace {

std::string hint_for(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
            return "Free space on its disk (or see what the system reports about it) and run the "
                   "command again.";
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "Another program has held the ledger for long; run the command again.";
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return "Do not delete it: it alone knows who got mail. Restore a backup.";
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return "The file and its folder must be writable for this user.";
        default:
            return "";
    }
}

}  // namespace

LedgerError ledger_error(const std::string& what, const SQLite::Exception& cause) {
    return LedgerError(what + ": " + cause.what(), hint_for(cause.getErrorCode()));
}

}  // namespace tocsin::sqlite
