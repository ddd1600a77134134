#include "transport/http/outstanding.h"

#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <optional>
#include <system_error>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/file.h"
#include "base/random.h"
#include "mail/digest.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

constexpr std::string_view kFirstLine = "tocsin request 1";
constexpr std::uint64_t kLargest = 256u << 20;
constexpr char kUnfinished[] = ".part";

[[noreturn]] void fail(const fs::path& file) {
    throw std::system_error(errno, std::generic_category(), "cannot write " + file.string());
}

void write_private(const fs::path& file, std::string_view text) {
    Descriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!out) fail(file);
    while (!text.empty()) {
        const ssize_t size = ::write(out.get(), text.data(), text.size());
        if (size < 0) fail(file);
        text.remove_prefix(static_cast<std::size_t>(size));
    }
}

std::string text_of(const OutstandingRequest& request) {
    const OpenQuestion& question = request.question;
    std::string text = std::string(kFirstLine) + "\n" +
                       std::to_string(question.asked.time_since_epoch().count()) + "\n" +
                       std::to_string(request.asked_at_boot.count()) + "\n" + request.boot_id +
                       "\n" + request.account + "\n" + question.campaign + "\n" + request.method +
                       "\n" + request.url + "\n" + std::to_string(question.mails.size()) + "\n";
    for (const OpenQuestion::Mail& mail : question.mails) {
        text += std::to_string(mail.ticket) + " " + mail.address + "\n";
    }
    return text + std::to_string(request.body.size()) + "\n" + request.body;
}

// Takes lines and numbers from the front of a text; once something is wrong, all is.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}
    bool good() const { return good_; }
    std::string_view rest() const { return rest_; }

    std::string line() {
        const auto end = rest_.find('\n');
        good_ = good_ && end != std::string_view::npos;
        if (!good_) return {};
        std::string line(rest_.substr(0, end));
        rest_.remove_prefix(end + 1);
        return line;
    }
    std::int64_t number() { return number(line()); }
    std::int64_t number(std::string_view text) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        good_ = good_ && error == std::errc() && end == text.data() + text.size();
        return value;
    }
    OpenQuestion::Mail mail() {
        const std::string text = line();
        const auto blank = text.find(' ');
        good_ = good_ && blank != std::string::npos;
        if (!good_) return {};
        return {number(std::string_view(text).substr(0, blank)), text.substr(blank + 1)};
    }

  private:
    std::string_view rest_;
    bool good_ = true;
};

std::optional<OutstandingRequest> parse(std::string_view text, std::string key) {
    Reader in(text);
    if (in.line() != kFirstLine) return std::nullopt;
    OutstandingRequest request;
    request.question.key = std::move(key);
    request.question.asked = WallTime(Milliseconds(in.number()));
    request.asked_at_boot = Milliseconds(in.number());
    request.boot_id = in.line();
    request.account = in.line();
    request.question.campaign = in.line();
    request.method = in.line();
    request.url = in.line();
    for (auto count = in.number(); in.good() && count > 0; --count) {
        request.question.mails.push_back(in.mail());
    }
    const auto size = in.number();
    if (!in.good() || size != static_cast<std::int64_t>(in.rest().size())) return std::nullopt;
    request.body = in.rest();
    return request;
}

void remove_old(const fs::path& file, std::chrono::hours age) {
    std::error_code failed;
    const auto written = fs::last_write_time(file, failed);
    if (!failed && fs::file_time_type::clock::now() - written > age) fs::remove(file, failed);
}

// What a process that was killed had begun to write. It goes when nobody can be writing it.
bool is_unfinished(const fs::path& file) {
    if (file.extension() != kUnfinished) return false;
    remove_old(file, std::chrono::hours(1));
    return true;
}

}  // namespace

std::string account_of(const HttpRequest& request) {
    std::string all;
    for (const auto& [name, value] : request.headers) all += name + ": " + value + "\n";
    return to_hex(sha256(all));
}

void Outstanding::write(const OutstandingRequest& request) {
    make_private_folder(folder_);
    const fs::path file = folder_ / request.question.key;
    fs::path part = file;
    part += kUnfinished;
    try {
        write_private(part, text_of(request));
        fs::rename(part, file);
    } catch (...) {
        forget(part.filename());
        throw;
    }
}

void Outstanding::forget(const std::string& key) noexcept {
    std::error_code ignored;
    fs::remove(folder_ / key, ignored);
}

std::vector<OutstandingRequest> Outstanding::read() const {
    std::vector<OutstandingRequest> all;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_, none)) {
        if (is_unfinished(entry.path())) continue;
        try {
            auto request = parse(read_file(entry.path(), kLargest), entry.path().filename());
            if (request) all.push_back(std::move(*request));
        } catch (const std::exception&) {
            // Gone, or not ours to read: nobody asks about it.
        }
    }
    return all;
}

void Outstanding::sweep(const fs::path& folders, std::chrono::hours age) noexcept try {
    std::error_code none;
    for (const fs::directory_entry& folder : fs::directory_iterator(folders, none)) {
        for (const fs::directory_entry& file : fs::directory_iterator(folder.path(), none)) {
            remove_old(file.path(), age);
        }
    }
} catch (const std::exception&) {
    // A folder that cannot be read: the next send looks again.
}

}  // namespace tocsin
