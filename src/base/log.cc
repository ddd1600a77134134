#include "base/log.h"

#include <memory>
#include <regex>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace tocsin {
namespace {

constexpr char kPattern[] = "%Y-%m-%dT%H:%M:%S.%e %l: %v";

spdlog::logger& logger() {
    static auto instance = [] {
        auto made = std::make_shared<spdlog::logger>(
            "tocsin", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern(kPattern);
        made->set_level(spdlog::level::warn);
        // A full disk or a closed terminal must not reach the send.
        made->set_error_handler([](const std::string&) {});
        return made;
    }();
    return *instance;
}

}  // namespace

void set_log_level(LogLevel level) {
    switch (level) {
        case LogLevel::kQuiet:
            return logger().set_level(spdlog::level::err);
        case LogLevel::kNormal:
            return logger().set_level(spdlog::level::warn);
        case LogLevel::kVerbose:
            return logger().set_level(spdlog::level::debug);
    }
}

void set_log_line_start(std::string_view text) {
    logger().set_pattern(std::string(text) + kPattern);
}

void log_debug(std::string_view text) {
    logger().debug("{}", text);
}
void log_info(std::string_view text) {
    logger().info("{}", text);
}
void log_warning(std::string_view text) {
    logger().warn("{}", text);
}

std::string redacted(std::string_view text) {
    static const std::regex address(R"([^\s<>"',;:()\[\]]+@[^\s<>"',;:()\[\]]+)");
    static const std::regex userinfo(R"(://[^/\s@]*@)");
    static const std::regex credential(R"((AUTH|Authorization:|api-key:)[^\r\n]*)",
                                       std::regex::icase);
    std::string out(text);
    out = std::regex_replace(out, userinfo, "://…@");
    out = std::regex_replace(out, credential, "$1 …");
    return std::regex_replace(out, address, "<address>");
}

}  // namespace tocsin
