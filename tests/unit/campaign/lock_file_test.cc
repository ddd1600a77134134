#include "campaign/lock_file.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/file.h"
#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

std::string fault_of(const std::string& text) {
    testing::WorkspaceFolder folder;
    try {
        read_lock_file(folder.write("tocsin.lock", text));
    } catch (const LedgerError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("what is written is read") {
    testing::WorkspaceFolder folder;
    auto file = folder.path() / "tocsin.lock";
    CHECK_FALSE(read_lock_file(file));
    // All digits: it must stay a text.
    LockFile lock{"00112233445566778899001122334455", "0123456789abcdef"};
    write_lock_file(file, lock);
    CHECK(read_lock_file(file) == lock);
    write_lock_file(file, {"aa", "bb"});
    CHECK(read_lock_file(file) == LockFile{"aa", "bb"});
    CHECK(read_file(file) ==
          "# Which ledger and which key belong to this workspace, so that a lost or exchanged one "
          "is\n# noticed. Written by tocsin; commit it.\nledger: \"aa\"\nkey: \"bb\"\n");
}

TEST_CASE("the fingerprint of the suppression key is there where there is such a key") {
    testing::WorkspaceFolder folder;
    auto file = folder.path() / "tocsin.lock";
    write_lock_file(file, {"aa", "bb", "cc"});
    CHECK(read_lock_file(file) == LockFile{"aa", "bb", "cc"});
    write_lock_file(file, {"aa", "bb"});
    CHECK(read_lock_file(file)->suppression_key.empty());
    CHECK(fault_of("ledger: \"aa\"\nkey: \"bb\"\nsuppression_key: \"xy\"\n") ==
          "cannot understand tocsin.lock: `suppression_key` must be hexadecimal digits");
}

TEST_CASE("a lock file cut off at any byte is refused or whole") {
    LockFile lock{"0123456789abcdef0123456789abcdef", "0123456789abcdef", "fedcba9876543210"};
    testing::WorkspaceFolder folder;
    auto file = folder.path() / "tocsin.lock";
    write_lock_file(file, lock);
    std::string whole = read_file(file);
    for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
        CAPTURE(size);
        CHECK(fault_of(whole.substr(0, size)).starts_with("cannot understand tocsin.lock"));
    }
}

TEST_CASE("lock files that cannot be understood") {
    CHECK(fault_of("ledger: \"aa\"\n") ==
          "cannot understand tocsin.lock: tocsin.lock needs the key `key`");
    CHECK(fault_of("ledger: \"aa\"\nkey: \"bb\"\nmore: 1\n") ==
          "cannot understand tocsin.lock: tocsin.lock has no key `more`");
    CHECK(fault_of("ledger: \"aa\"\nkey: \"xy\"\n") ==
          "cannot understand tocsin.lock: `key` must be hexadecimal digits");
    // A conflict that nobody has resolved.
    CHECK(
        fault_of("<<<<<<< HEAD\nledger: \"aa\"\n=======\nledger: \"bb\"\n>>>>>>> x\nkey: \"cc\"\n")
            .starts_with("cannot understand tocsin.lock"));
    CHECK(fault_of(std::string(1, '\xFF')).starts_with("cannot understand tocsin.lock"));
}

}  // namespace tocsin
