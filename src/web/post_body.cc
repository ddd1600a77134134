#include "web/post_body.h"

#include <string>

#include "base/text.h"

namespace tocsin {
namespace {

// Fields come in pieces.
class Fields {
  public:
    void add(std::string_view name, std::string_view piece, std::uint64_t offset) {
        if (offset == 0) {
            finish();
            name_ = name;
        }
        value_ += piece;
    }

    const Form& finish() {
        if (!name_.empty()) form_.add(name_, value_);
        name_.clear();
        value_.clear();
        return form_;
    }

  private:
    std::string name_, value_;
    Form form_;
};

MHD_Result take_piece(void* fields, MHD_ValueKind, const char* name, const char*, const char*,
                      const char*, const char* data, std::uint64_t offset, std::size_t size) {
    std::string_view piece = data == nullptr ? std::string_view() : std::string_view(data, size);
    static_cast<Fields*>(fields)->add(name == nullptr ? "" : name, piece, offset);
    return MHD_YES;
}

Form read_bare(std::string_view body) {
    Form form;
    auto equals = body.find('=');
    if (equals != body.npos) form.add(trim(body.substr(0, equals)), body.substr(equals + 1));
    return form;
}

}  // namespace

Form read_form(MHD_Connection* connection, std::string_view body) {
    constexpr std::size_t kBuffer = 1024;
    Fields fields;
    MHD_PostProcessor* processor =
        MHD_create_post_processor(connection, kBuffer, &take_piece, &fields);
    if (processor == nullptr) return read_bare(body);
    MHD_post_process(processor, body.data(), body.size());
    MHD_destroy_post_processor(processor);  // tells of the last field
    return fields.finish();
}

}  // namespace tocsin
