#include "calendar/cron_field.h"

#include <array>

#include "base/text.h"
#include "calendar/cron_scanner.h"

namespace tocsin {
namespace {

using Name = std::string_view;
constexpr std::array<Name, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                          "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<Name, 7> kWeekdays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr std::array<CronFieldKind, 5> kFields = {{{"minute", 0, 59, 59},
                                                   {"hour", 0, 23, 23},
                                                   {"day of month", 1, 31, 31},
                                                   {"month", 1, 12, 12, kMonths},
                                                   {"day of week", 0, 7, 6, kWeekdays}}};

std::string quoted(std::string_view text) {
    return "`" + printable(text) + "`";
}

std::string between(unsigned lowest, unsigned highest) {
    return " is not between " + std::to_string(lowest) + " and " + std::to_string(highest);
}

struct Value {
    unsigned number = 0;
    bool is_name = false;
};

// A field is a list of items: `*`, a value or a range, the first and last perhaps with a step.
class FieldReader {
  public:
    FieldReader(const CronFieldKind& kind, std::string_view text, CronFieldFault& fault)
        : kind_(kind), text_(text), fault_(fault) {}

    bool read(CronField& field) {
        field.is_any = text_.sees('*');
        do {
            if (!read_item(field)) return false;
        } while (text_.take(','));
        return text_.is_at_end() || unexpected("`,` or the end");
    }

  private:
    bool read_item(CronField& field) {
        Value from{kind_.lowest}, to{kind_.highest};
        if (!text_.take('*') && !read_range(from, to)) return false;
        unsigned step = 1;
        if (text_.take('/') && !read_step(step)) return false;
        for (unsigned n = from.number; n <= to.number; n += step) {
            field.values |= std::uint64_t(1) << (n > kind_.last ? kind_.lowest : n);
        }
        return true;
    }

    bool read_range(Value& from, Value& to) {
        const std::size_t begin = text_.at();
        if (!read_value(from)) return false;
        if (!text_.take('-')) {
            to = from;
            return !text_.sees('/') || lone_step(begin, from);
        }
        const std::size_t second = text_.at();
        if (!read_value(to)) return false;
        // Sunday ends a week as well: sat-sun.
        const bool is_sunday = kind_.highest > kind_.last && to.is_name && to.number == 0;
        if (is_sunday && from.number > 0) to.number = kind_.highest;
        return from.number <= to.number || backwards(begin, second, from, to);
    }

    bool read_value(Value& value) {
        const std::size_t begin = text_.at();
        const std::string_view word = text_.take_word();
        if (word.empty()) return unexpected(kind_.names.empty() ? "a number" : "a number or name");
        if (!is_number(word)) return read_name(begin, word, value);
        value = {to_number(word), false};
        return (value.number >= kind_.lowest && value.number <= kind_.highest) ||
               wrong(begin, std::string(word) + between(kind_.lowest, kind_.highest));
    }

    bool read_name(std::size_t begin, std::string_view word, Value& value) {
        std::string all;
        for (std::size_t i = 0; i < kind_.names.size(); ++i) {
            value = {kind_.lowest + static_cast<unsigned>(i), true};
            if (ascii_iequals(word, kind_.names[i])) return true;
            all += (all.empty() ? "" : ", ") + std::string(kind_.names[i]);
        }
        return wrong(begin,
                     quoted(word) + (all.empty() ? " is not a number" : " is none of " + all));
    }

    bool read_step(unsigned& step) {
        const std::size_t begin = text_.at();
        const std::string_view word = text_.take_word();
        if (!is_number(word)) {
            text_.back_to(begin);
            return unexpected("a step, a number,");
        }
        step = to_number(word);
        const unsigned longest = kind_.last - kind_.lowest + 1;
        return (step >= 1 && step <= longest) ||
               wrong(begin, "step " + std::string(word) + between(1, longest));
    }

    // `5/15` is refused by crontab and means two things elsewhere.
    bool lone_step(std::size_t begin, Value from) {
        const std::string better = std::string(text_.since(begin)) + "-" + last(from.is_name) +
                                   std::string(text_.rest_of_item());
        return wrong(text_.at(),
                     "has a step without a range: write " + quoted(better) + ", for instance");
    }

    // `22-6` is refused by crontab.
    bool backwards(std::size_t begin, std::size_t second, Value from, Value to) {
        const std::string range(text_.since(begin)), end(text_.since(second));
        std::string better = range.substr(0, second - 1 - begin);
        if (from.number < kind_.last) better += "-" + last(from.is_name);
        better += "," + (to.number > kind_.lowest ? first(to.is_name) + "-" + end : end);
        // 7 is where the next week begins.
        if (from.number > kind_.last) better.erase(0, better.find(',') + 1);
        return wrong(begin, quoted(range) + " goes backwards: write " + quoted(better));
    }

    std::string first(bool as_name) const {
        return as_name ? std::string(kind_.names.front()) : std::to_string(kind_.lowest);
    }
    std::string last(bool as_name) const {
        return as_name ? std::string(kind_.names.back()) : std::to_string(kind_.last);
    }

    bool unexpected(const std::string& instead) {
        return wrong(text_.at(), (text_.is_at_end() ? "ends" : "has " + quoted(text_.character())) +
                                     " where " + instead + " belongs");
    }

    // `what` goes on after "the hour".
    bool wrong(std::size_t at, const std::string& what) {
        fault_ = {at, "the " + std::string(kind_.name) + " " + what};
        return false;
    }

    const CronFieldKind& kind_;
    CronScanner text_;
    CronFieldFault& fault_;
};

}  // namespace

std::span<const CronFieldKind> cron_fields() {
    return kFields;
}

std::optional<CronField> read_cron_field(const CronFieldKind& kind, std::string_view text,
                                         CronFieldFault& fault) {
    CronField field;
    if (!FieldReader(kind, text, fault).read(field)) return std::nullopt;
    return field;
}

}  // namespace tocsin
