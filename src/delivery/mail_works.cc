#include "delivery/mail_works.h"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

namespace tocsin {
namespace {

std::size_t processors() {
    return std::max(1u, std::thread::hardware_concurrency());
}

// Composing is quick: more threads than this would wait for the ledger.
constexpr std::size_t kMostComposers = 4;

class Compose {
  public:
    explicit Compose(const MailMaterial& material) : material_(material) {
        Findings findings;
        composer_ = Composer::make(material.content, material.columns, findings, material.form);
        // It was sound when it was frozen.
        if (!composer_) throw std::logic_error("the frozen content does not load");
    }

    FinishedMail operator()(ClaimedRow row) {
        Message message =
            composer_->live(Mailbox::from(row.address), row.cells, row.id, material_.numbers,
                            material_.keys, row.first_attempt.value());
        row.cells.clear();
        return {std::move(row), std::move(message)};
    }

  private:
    MailMaterial material_;
    std::unique_ptr<Composer> composer_;
};

struct Sign {
    const DkimSigner& signer;
    FinishedMail operator()(FinishedMail mail) const {
        std::string& bytes = mail.message.bytes;
        bytes.insert(0, signer.sign(bytes, mail.row.first_attempt.value()));
        return mail;
    }
};

}  // namespace

MailWorks::MailWorks(const MailMaterial& material, std::function<void()> wake)
    : material_(material), finished_(std::move(wake)) {
    using Work = std::function<FinishedMail(FinishedMail)>;
    Inlet<FinishedMail>* next = &finished_;
    if (!material_.signer.empty()) {
        signing_ = std::make_unique<Stage<FinishedMail, FinishedMail>>(
            processors(), [this] { return Work(Sign{material_.signer}); }, *next);
        next = signing_.get();
    }
    composing_ = std::make_unique<Stage<ClaimedRow, FinishedMail>>(
        std::min(processors(), kMostComposers),
        [this] {
            auto compose = std::make_shared<Compose>(material_);
            return [compose](ClaimedRow row) { return (*compose)(std::move(row)); };
        },
        *next);
}

void MailWorks::add(std::vector<ClaimedRow> rows) {
    under_way_ += rows.size();
    composing_->put(std::move(rows));
}

std::vector<FinishedMail> MailWorks::take() {
    std::vector<FinishedMail> mails = finished_.take();
    under_way_ -= mails.size();
    return mails;
}

}  // namespace tocsin
