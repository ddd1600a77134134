// A form with files as the body of a request: multipart/form-data, RFC 7578.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

class MultipartForm {
  public:
    // Names hold no quote, CR or LF; values may hold anything.
    void add(std::string_view name, std::string_view value);
    void add_file(std::string_view name, std::string_view file, std::string_view media_type,
                  std::string_view bytes);

    // With the boundary, which stands in none of the values. Equal forms have equal ones.
    std::string content_type() const;
    std::string body() const;

  private:
    struct Part {
        std::string head;
        std::string value;
    };
    std::string boundary() const;

    std::vector<Part> parts_;
};

}  // namespace tocsin
