// Mail addresses that are safe to put into a header or an SMTP command.
//
// A `Mailbox` cannot be made from anything that holds CR, LF, NUL, `<`, `>`, a space or a control
// byte, so code that takes one need not look again. Syntax: RFC 5321 section 4.1.2 (Mailbox)
// without address literals, quoted local parts and source routes: no list provider accepts them,
// and all that ever arrives of that kind is an export gone wrong. RFC 6531 local parts (UTF-8) are
// accepted and marked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tocsin {

class Mailbox {
  public:
    // Why a text is no address: one sentence for the user ("the domain has no dot").
    struct Fault {
        std::string message;
    };

    // Blanks around the address are not trimmed here: the reader of a file does that.
    static std::variant<Mailbox, Fault> parse(std::string_view text);
    // For constants and tests; throws std::invalid_argument.
    static Mailbox from(std::string_view text);

    // As written, the domain in U-labels if it was written so: for people and merge fields.
    const std::string& written() const { return written_; }
    const std::string& local() const { return local_; }
    // Lower-case A-labels (UTS 46, non-transitional): what goes onto the wire.
    const std::string& domain() const { return domain_; }
    // local@domain for headers and SMTP commands.
    std::string wire() const { return local_ + "@" + domain_; }
    // The identity of a recipient: `wire()` in lower case (ASCII letters of the local part too),
    // NFC. Two addresses with one key are one person.
    const std::string& key() const { return key_; }
    // The local part has bytes beyond ASCII: needs a server with SMTPUTF8.
    bool needs_smtputf8() const { return needs_smtputf8_; }

    friend bool operator==(const Mailbox& a, const Mailbox& b) { return a.key_ == b.key_; }

  private:
    Mailbox() = default;
    std::string written_, local_, domain_, key_;
    bool needs_smtputf8_ = false;
};

// "Reem, Mark and the team <campaigns@harbour.example>": before the last `<` is the display name,
// which may be quoted in the source and never holds control characters.
struct NamedMailbox {
    std::string name;  // UTF-8, unquoted; may be empty
    Mailbox address;

    static std::variant<NamedMailbox, Mailbox::Fault> parse(std::string_view text);
    // For people: "Reem and Mark <campaigns@harbour.example>", or the address alone.
    std::string shown() const;
};

}  // namespace tocsin
