// Header fields as mails have them, well-formed or not: names in lower case, values unfolded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

struct Field {
    std::string name;   // lower case
    std::string value;  // one line, trimmed
};

// At most 1,000 fields of at most 8 KiB each: what comes after is not kept.
class Fields {
  public:
    void add(std::string_view name, std::string_view value);
    // A folded line of the field that came last.
    void extend(std::string_view more);

    // The value of the first field of that name (lower case), or empty.
    std::string_view first(std::string_view name) const;
    bool has(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    const std::vector<Field>& list() const { return fields_; }
    bool empty() const { return fields_.empty(); }

  private:
    std::vector<Field> fields_;
};

// A line "Name: value": both are empty for any other line.
struct FieldLine {
    std::string_view name, value;
};
FieldLine field_line(std::string_view line);

// The first line of `rest`, without its line end, which `rest` loses too.
std::string_view take_line(std::string_view& rest);

// The fields up to the first blank line after one; lines that are no field are passed over.
Fields read_fields(std::string_view text);

}  // namespace tocsin
