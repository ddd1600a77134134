#include "web/pages.h"

#include "base/html.h"
#include "unsubscribe/choice.h"
#include "web/markup.h"
#include "web/style.h"

namespace tocsin {
namespace {

// Who is meant where tocsin.yaml does not say it.
std::string name_of(const Workspace& workspace) {
    if (!workspace.organisation.name.empty()) return workspace.organisation.name;
    return workspace.unsubscribe.mailto ? workspace.unsubscribe.mailto->domain() : "us";
}

std::string day_of(WallTime time) {
    return iso8601(time).substr(0, 10);
}

std::string status(const std::string& html) {
    return "<p class=\"status\" role=\"status\">" + html + "</p>\n";
}

// The words for the token's list, by its name where that is known.
std::string of_list(const Wording& words, const Reader& reader, const std::string& key) {
    return words.html(reader.standing.list.empty() ? "this_" + key : key);
}

// What a choice other than an undo has come to.
std::string outcome(const Wording& words, const Reader& reader, Choice choice) {
    if (reader.standing.left_everything) return words.html("left_everything");
    if (pause_of(choice) > Milliseconds(0)) return words.html("paused");
    bool is_list = choice == Choice::kList && reader.has_list;
    return is_list ? of_list(words, reader, "list_left") : words.html("left_everything");
}

std::string view_link(const Wording& words, const Reader& reader) {
    return "<p><a href=\"" + escape_html(reader.token) + "/view\">" + words.html("view") +
           "</a></p>\n";
}

}  // namespace

Pages::Pages(const Workspace& workspace)
    : organisation_(name_of(workspace)),
      mailto_(workspace.unsubscribe.mailto),
      texts_(workspace.page_texts),
      style_(stylesheet(workspace.organisation.colour)),
      policy_("default-src 'none'; style-src " + csp_hash(style_) +
              "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'") {}

Wording Pages::wording(const Reader& reader, std::string_view date) const {
    return {texts_,
            choose_language(texts_, reader.standing.language, reader.accept_language),
            {organisation_, reader.standing.list, date}};
}

std::string Pages::document(const Wording& words, std::string_view title,
                            std::string_view body) const {
    std::string out = "<!DOCTYPE html>\n<html lang=\"" + escape_html(words.language()) +
                      "\" dir=\"" + (words.right_to_left() ? "rtl" : "ltr") + "\">\n<head>\n";
    out += "<meta charset=\"utf-8\">\n<title>" + words.html(title) + " – " +
           escape_html(organisation_) + "</title>\n";
    out +=
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"robots\" content=\"noindex\">\n";
    out += "<style>" + style_ + "</style>\n</head>\n<body>\n<header><p><bdi>" +
           escape_html(organisation_) + "</bdi></p></header>\n<main>\n<section>\n<h1>" +
           words.html(title) + "</h1>\n";
    return out.append(body) + "</section>\n</main>\n</body>\n</html>\n";
}

std::string Pages::by_mail(const Wording& words, const Reader& reader) const {
    if (!mailto_) return "";
    return "<p>" + words.html("by_mail") + " <a href=\"" +
           escape_html(mailto_link(*mailto_, reader.token)) + "\">" +
           escape_html(mailto_->written()) + "</a></p>\n";
}

std::string Pages::standing(const Reader& reader) const {
    const Standing& now = reader.standing;
    std::string day = now.paused_until ? day_of(*now.paused_until) : "";
    Wording words = wording(reader, day);
    std::string out;
    if (now.left_everything || (now.left_list && !reader.has_list)) {
        out = status(words.html("left_everything"));
    } else if (now.left_list) {
        out = status(of_list(words, reader, "list_left"));
    }
    if (now.paused_until && !now.left_everything) out += status(words.html("paused"));
    return now.can_undo ? out + undo_form(words) : out;
}

std::string Pages::choices(const Wording& words, const Reader& reader) const {
    std::string out =
        "<form method=\"post\">\n<fieldset>\n<legend>" + words.html("question") + "</legend>\n";
    if (reader.has_list) out += radio(Choice::kList, of_list(words, reader, "list"), true);
    out += radio(Choice::kAll, words.html("everything"), !reader.has_list);
    out += radio(Choice::kPause30, words.html("pause_30"), false);
    out += radio(Choice::kPause90, words.html("pause_90"), false);
    return out + "</fieldset>\n<p><button type=\"submit\">" + words.html("confirm") +
           "</button></p>\n</form>\n";
}

std::string Pages::offer(const Reader& reader, bool view) const {
    Wording words = wording(reader);
    std::string chosen = standing(reader);
    std::string body = chosen.empty() ? "<p>" + words.html("nothing_yet") + "</p>\n" : chosen;
    body += chosen.empty() ? choices(words, reader)
                           : folded(words.html("other_choice"), choices(words, reader));
    if (view) body += view_link(words, reader);
    return document(words, "title", body);
}

std::string Pages::done(const Reader& reader, Choice choice, WallTime now, bool view) const {
    std::string day = day_of(reader.standing.paused_until.value_or(now + pause_of(choice)));
    Wording words = wording(reader, day);
    std::string stands = standing(reader);
    std::string body;
    if (choice == Choice::kUndo) {
        body = stands.empty() ? status(words.html("undone")) : stands;
    } else {
        body = status(outcome(words, reader, choice));
        if (reader.standing.can_undo) body += undo_form(words);
    }
    body += folded(words.html("other_choice"), choices(words, reader));
    if (view) body += view_link(words, reader);
    return document(words, "title", body);
}

std::string Pages::notice(const Reader& reader, std::string_view title, std::string_view text,
                          bool offers_mail) const {
    Wording words = wording(reader);
    std::string body = "<p>" + words.html(text) + "</p>\n";
    if (offers_mail) body += by_mail(words, reader);
    return document(words, title, body);
}

std::string Pages::unclear(const Reader& reader) const {
    return notice(reader, "failed_title", "unclear", true);
}

std::string Pages::failed(const Reader& reader) const {
    return notice(reader, "failed_title", "failed", true);
}

std::string Pages::damaged(const Reader& reader) const {
    return notice(reader, "damaged_title", "damaged", true);
}

std::string Pages::gone(const Reader& reader) const {
    return notice(reader, "gone_title", "gone", false);
}

std::string Pages::works(const Reader& reader) const {
    return notice(reader, "works_title", "works", false);
}

}  // namespace tocsin
