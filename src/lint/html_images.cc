#include <charconv>

#include "base/text.h"
#include "lint/html_rules.h"

namespace tocsin {
namespace {

// A mail whose footer alone is text has less than this.
constexpr std::size_t kFewBytes = 400;
// To each image, when there are many.
constexpr std::size_t kFewBytesEach = 100;
// Icons and counting pixels are narrower.
constexpr int kLargeWidth = 200;

bool is_large(const HtmlNode& image) {
    std::string_view width = image.value("width");
    int pixels = kLargeWidth;
    std::from_chars(width.data(), width.data() + width.size(), pixels);
    return pixels >= kLargeWidth || width.find('%') != width.npos;
}

// Of the links around it, whether the image is all that a reader could click.
bool is_all_of_a_link(const HtmlPart& part, const HtmlNode& image) {
    const auto& nodes = part.document.nodes();
    for (const HtmlNode* at = &image; at != nodes.data(); at = &nodes[at->parent]) {
        if (at->is("a")) return text_of(part.document, *at).empty();
    }
    return false;
}

void lint_image(const HtmlPart& part, const HtmlNode& image) {
    const HtmlAttribute* alt = image.attribute("alt");
    if (alt == nullptr) {
        part.add("image-without-alt", image, "the image has no `alt`",
                 "add `alt=\"…\"` with what it shows or says; `alt=\"\"` where it is decoration");
    } else if (trim(alt->value).empty() && is_all_of_a_link(part, image)) {
        part.add("image-without-alt", image,
                 "the link is nothing but this image, and its `alt` is empty",
                 "write into `alt` what the link is for");
    }
    if (trim(image.value("width")).empty()) {
        part.add("image-without-width", image, "the image has no `width` attribute",
                 "add `width=\"…\"` in pixels beside what its style says");
    }
}

}  // namespace

void lint_images(const HtmlPart& part) {
    const HtmlNode* first_large = nullptr;
    std::size_t large = 0;
    for (const HtmlNode& node : part.document.nodes()) {
        if (!node.is("img") || node.repeated) continue;
        lint_image(part, node);
        if (node.hidden || !is_large(node)) continue;
        ++large;
        if (first_large == nullptr) first_large = &node;
    }
    const std::size_t text = part.visible.text.size();
    if (large == 0 || (text >= kFewBytes && text >= large * kFewBytesEach)) return;
    part.add("mostly-image", *first_large,
             "the mail is mostly images: " + counted(large, "image") + " and " +
                 counted(text, "byte") + " of text",
             "write what the images say as text beside them");
}

}  // namespace tocsin
