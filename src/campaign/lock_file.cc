#include "campaign/lock_file.h"

#include <system_error>

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/file.h"
#include "campaign/source_file.h"
#include "campaign/yaml_source.h"

namespace tocsin {
namespace {

constexpr char kExplanation[] =
    "# Which ledger and which key belong to this workspace, so that a lost or exchanged one is\n"
    "# noticed. Written by tocsin; commit it.\n";

[[noreturn]] void refuse(const std::filesystem::path& file, const Findings& findings) {
    std::string why = findings.empty() ? "" : ": " + findings.all().front().message;
    throw LedgerError("cannot understand " + file.filename().string() + why,
                      "restore it from version control");
}

bool is_hex(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string read_word(const std::optional<Node>& node) {
    auto line = node ? node->line() : std::nullopt;
    if (!line) return "";
    if (!is_hex(line->text)) node->error("bad-value", node->name() + " must be hexadecimal digits");
    return line->text;
}

LockFile parse(const SourceText& source, Findings& findings) {
    YamlSource yaml(source, YamlSource::Excerpts::kAsWritten, findings);
    auto map = yaml ? Map::read(yaml.node("tocsin.lock"), kLockFileKeys) : std::nullopt;
    if (!map) return {};
    return {read_word(map->require("ledger")), read_word(map->require("key")),
            read_word(map->find("suppression_key"))};
}

}  // namespace

std::optional<LockFile> read_lock_file(const std::filesystem::path& file) {
    Findings findings;
    std::optional<SourceText> source;
    try {
        source = load_source(file, file.filename().string(), findings);
    } catch (const MissingInput&) {
        return std::nullopt;
    } catch (const ConfigError& error) {
        throw LedgerError(error.what());
    }
    LockFile lock = source ? parse(*source, findings) : LockFile{};
    if (findings.has_errors() || lock.ledger.empty() || lock.key.empty()) refuse(file, findings);
    return lock;
}

void write_lock_file(const std::filesystem::path& file, const LockFile& lock) {
    auto line = [](const char* key, const std::string& word) {
        return word.empty() ? "" : key + (": \"" + word + "\"\n");
    };
    // The key that must be there comes last: a file that was cut off is not taken for a whole one.
    replace_file(file, kExplanation + line("ledger", lock.ledger) +
                           line("suppression_key", lock.suppression_key) + line("key", lock.key));
}

}  // namespace tocsin
