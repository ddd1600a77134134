// What is wrong with the user's files, and where.
//
// Bad input is a value, not an exception: readers add findings to one `Findings` and go on, so
// that a user sees everything that is wrong in one run. `format` is the only function that turns
// a finding into text for people.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

// A place in a file. Lines and columns count from 1, columns in bytes; 0 means "not known", in
// which case `format` leaves it out.
struct Place {
    std::string file;
    int line = 0;
    int column = 0;

    friend bool operator==(const Place&, const Place&) = default;
};

enum class Severity { kError, kWarning };

// What becomes of a template or an audience that has errors.
enum class Faults {
    kRefuse,
    kTolerate,  // read all the same, to find more faults in: nobody must be mailed by it
};

struct Finding {
    Severity severity = Severity::kError;
    std::string id;  // stable, kebab-case: what `--json` reports and `lint: {ignore}` names
    Place place;
    std::string message;  // one sentence without a full stop, in the user's terms
    std::string hint;     // what to do about it, or empty
    std::string excerpt;  // the line at `place`, without its end, or empty
};

// One text with a name: finds the line and column of a byte offset, and the line itself.
class SourceText {
  public:
    SourceText() = default;
    // `name` is the path as the user knows it: relative to the workspace, or as typed.
    SourceText(std::string name, std::string text);

    const std::string& name() const { return name_; }
    const std::string& text() const { return text_; }

    // The place of the byte at `offset`; an offset past the end is the end.
    Place place(std::size_t offset) const;
    // Line `number` (from 1) without its line end; empty if there is none.
    std::string_view line(int number) const;

  private:
    std::string name_;
    std::string text_;
    std::vector<std::size_t> line_starts_;
};

// Collects findings in the order of their discovery. Keeps at most `kMostKept` of each id and
// counts the rest, so that a list of a million bad rows cannot fill the memory.
class Findings {
  public:
    static constexpr std::size_t kMostKept = 200;

    // What is known already (same id, same place) is not added again: two readers may see one
    // fault.
    void add(Finding finding);
    // Adds with the excerpt taken from `source` at `place`; none where the line is over 16 KiB.
    void error(const SourceText& source, Place place, std::string id, std::string message,
               std::string hint = "");
    void warning(const SourceText& source, Place place, std::string id, std::string message,
                 std::string hint = "");

    // Adds all of `other`, those that it only counted too; its errors as warnings if told so.
    void append(const Findings& other, bool as_warnings = false);

    // The errors alone, those that were only counted too.
    Findings only_errors() const;

    bool has_errors() const { return errors_ > 0; }
    bool empty() const { return errors_ + warnings_ == 0; }
    std::size_t errors() const { return errors_; }
    std::size_t warnings() const { return warnings_; }
    const std::vector<Finding>& all() const { return kept_; }
    // How many findings were counted but not kept.
    std::size_t left_out() const { return errors_ + warnings_ - kept_.size(); }

    // Sorts by file, line and column; equal places keep their order.
    void sort();

  private:
    bool is_kept(const Finding& finding) const;

    std::vector<Finding> kept_;
    std::vector<std::pair<std::string, std::size_t>> seen_by_id_;
    std::size_t errors_ = 0;
    std::size_t warnings_ = 0;
};

// `file:line:col: error: message [id]`, the source line with a caret under the column, the hint.
// Control characters of the excerpt are shown as `?`, a long line is cut around the column.
// Ends with a newline. `colour` adds ANSI colours.
std::string format(const Finding& finding, bool colour = false);

// "3 errors, 1 warning"
std::string summary(const Findings& findings);

}  // namespace tocsin
