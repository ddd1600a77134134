#include "base/machine.h"

#include <doctest/doctest.h>

#include "support/temporary_folder.h"

using namespace tocsin;

namespace {

struct OtherMachine {
    TemporaryFolder folder;
    explicit OtherMachine(const std::string& content) {
        use_machine_id_file(folder.write("machine-id", content));
    }
    ~OtherMachine() { use_machine_id_file("/etc/machine-id"); }
};

}  // namespace

TEST_CASE("the id of the file, without its line end") {
    OtherMachine machine("0123456789abcdef0123456789abcdef\n");
    CHECK(machine_id() == "0123456789abcdef0123456789abcdef");
}

TEST_CASE("what containers and half-installed systems have is no id") {
    for (const char* content :
         {"", "\n", "uninitialized\n", "00000000000000000000000000000000\n",
          "0123456789abcdef0123456789abcde\n", "0123456789ABCDEF0123456789ABCDEF\n"}) {
        OtherMachine machine(content);
        CHECK(machine_id() == "");
    }
    use_machine_id_file("/nowhere/machine-id");
    CHECK(machine_id() == "");
    use_machine_id_file("/etc/machine-id");
}
