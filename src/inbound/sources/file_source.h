// A file with one mail or an mbox, or standard input. Files are never written: read again they give
// the same mails, which the ledger knows already.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>

#include "inbound/sources/mail_splitter.h"
#include "inbound/sources/source.h"

namespace tocsin {

class MailFileSource : public MailSource {
  public:
    // `path` is `-` for standard input. Throws MissingInput, std::system_error.
    explicit MailFileSource(const std::filesystem::path& path);

    std::optional<ReceivedMail> next() override;
    void settle(std::span<const Settled>) override {}
    bool keeps() const override { return path_ != "-"; }

  private:
    struct Closer {
        void operator()(std::FILE* file) const;
    };

    std::string path_;
    // Both are gone after the last mail: many sources may wait to be settled.
    std::unique_ptr<std::FILE, Closer> file_;
    std::unique_ptr<MailSplitter> splitter_;
    std::uint64_t count_ = 0;
};

}  // namespace tocsin
