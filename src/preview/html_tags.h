// Walks over HTML tag by tag, for copying it with few changes. No parser: what it does not know it
// hands on as it is.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

struct HtmlAttribute {
    std::string name;   // lower case
    std::string value;  // as written, character references and all
};

struct HtmlTag {
    std::string name;  // lower case, "/p" of an end tag
    std::vector<HtmlAttribute> attributes;
    bool self_closing = false;

    const std::string* find(std::string_view name) const;
};

// Its tag, with all values in double quotes.
std::string written(const HtmlTag& tag);

// Copies `html`. `rewrite` gets each start tag and says whether it changed it (then it is written
// anew); `style` gets the content of each <style> and returns what to write. Comments,
// and what is not closed, stay as they are.
std::string copy_html(std::string_view html, const std::function<bool(HtmlTag&)>& rewrite,
                      const std::function<std::string(std::string_view)>& style);

// Where something can be put in at the beginning of the head: behind <head>, or else <html>, or
// else the doctype, or else at 0.
std::size_t beginning_of_head(std::string_view html);

}  // namespace tocsin
