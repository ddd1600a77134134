// What the DNS is asked for. An answer keeps apart what is not there from what could not be asked.
#pragma once

#include <string>
#include <vector>

namespace tocsin {

struct DnsAnswer {
    enum class Kind {
        kFound,
        kNothing,  // the name has no record of this kind
        kNoName,   // there is no such name: it has no record of any kind
        kUnknown,  // nobody answered, or a name server could not
    };
    Kind kind = Kind::kNothing;
    // TXT: the text, its strings put together. MX: host names, in no order; an empty one is the
    // null MX of RFC 7505. Addresses: none, `kind` tells.
    std::vector<std::string> values{};
    std::string said{};  // why it is unknown: a clause

    bool found() const { return kind == Kind::kFound; }
    bool unknown() const { return kind == Kind::kUnknown; }
};

class Dns {
  public:
    virtual ~Dns() = default;
    virtual DnsAnswer txt(const std::string& name) = 0;
    virtual DnsAnswer mx(const std::string& name) = 0;
    virtual DnsAnswer address(const std::string& name) = 0;  // IPv4 or IPv6
};

// What came of one question of `check --dns`.
struct DnsVerdict {
    struct Remark {
        std::string message;  // a sentence without a full stop
        std::string hint{};
    };
    std::string rule;                    // "dns-spf": of model/lint.cc
    std::string name;                    // what was asked for
    std::vector<std::string> records{};  // as they were found
    std::vector<Remark> remarks{};       // what is to be said against it
    bool unknown = false;  // it could not be asked, or not all of it: a remark says so
    std::string note{};    // what was left open, although nothing is wrong

    void remark(std::string message, std::string hint = "") {
        remarks.push_back({std::move(message), std::move(hint)});
    }
    // That `what` could not be asked for.
    void tell_unknown(const std::string& what, const DnsAnswer& answer) {
        unknown = true;
        remark(what + " could not be asked for: " + answer.said,
               "it may be sound; try again, or name another server with `--dns-server`");
    }
};

}  // namespace tocsin
