#include "delivery/witness_file.h"

#include <map>
#include <sstream>
#include <system_error>
#include <thread>

#include "base/file.h"
#include "delivery/witness_number.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

using Numbers = std::map<std::string, std::int64_t>;  // by ledger

constexpr std::uint64_t kLargest = 1u << 20;
constexpr char kMounted[] =
    "is its disk mounted? Nothing is sent without its witness; if it is lost for good, `tocsin "
    "ledger adopt` begins it anew";

[[noreturn]] void fail(const fs::path& file, const std::string& why, const char* hint = kMounted) {
    throw LedgerError("cannot use the witness " + file.string() + ": " + why, hint);
}

void read_line(const std::string& line, Numbers& numbers, const fs::path& file) {
    auto blank = line.find(' ');
    auto number = blank == line.npos ? std::nullopt : witness_number(line.substr(blank + 1));
    if (!number || blank == 0 || !numbers.emplace(line.substr(0, blank), *number).second) {
        fail(file, "it holds something else than `LEDGER NUMBER`", "see docs/ledger.md");
    }
}

// Nothing of it where there is none.
Numbers read_numbers(const fs::path& file) {
    Numbers numbers;
    std::string content;
    try {
        content = read_file(file, kLargest);
    } catch (const MissingInput&) {
        return numbers;
    }
    // What is replaced as a whole has an end.
    if (!content.ends_with('\n')) fail(file, "it is empty, or was cut off");
    std::istringstream lines(content);
    for (std::string line; std::getline(lines, line);) read_line(line, numbers, file);
    return numbers;
}

void write_numbers(const fs::path& file, const Numbers& numbers) {
    std::string content;
    for (const auto& [ledger, number] : numbers) {
        content += ledger + " " + std::to_string(number) + "\n";
    }
    replace_file(file, content);
}

FileLock lock(const fs::path& file, Milliseconds limit) {
    constexpr Milliseconds kPause(5);
    for (Milliseconds waited{0}; waited <= limit; waited += kPause) {
        if (auto lock = FileLock::try_lock(file.string() + ".lock", "")) return std::move(*lock);
        std::this_thread::sleep_for(kPause);
    }
    fail(file, "another program holds " + file.string() + ".lock", "stop that program");
}

}  // namespace

std::int64_t WitnessFile::tell(const std::string& ledger, std::int64_t number, bool known) try {
    if (!fs::is_directory(file_.parent_path())) fail(file_, "its folder is not there");
    FileLock alone = lock(file_, limit_);
    Numbers numbers = read_numbers(file_);
    auto found = numbers.find(ledger);
    if (known && found == numbers.end()) fail(file_, "it knows nothing of this ledger any more");
    if (found != numbers.end() && found->second >= number) return found->second;
    if (number == 0) return 0;
    numbers[ledger] = number;
    write_numbers(file_, numbers);
    return number;
} catch (const std::system_error& fault) {
    fail(file_, fault.what());
}

}  // namespace tocsin
