#include "model/page_texts.h"

#include <algorithm>

namespace tocsin {
namespace {

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_lower_or_digit(char c) {
    return is_lower(c) || (c >= '0' && c <= '9');
}

}  // namespace

const TextsOfLanguage& english_texts() {
    static const TextsOfLanguage texts = {
        {"title", "Unsubscribe"},
        {"question", "What would you like?"},
        {"nothing_yet", "Nothing has changed yet. Please confirm what you would like."},
        {"list", "No more mail of the list {list}"},
        {"this_list", "No more mail of this list"},
        {"everything", "No more mail from {organisation} at all"},
        {"pause_30", "No mail for 30 days"},
        {"pause_90", "No mail for 90 days"},
        {"confirm", "Confirm"},
        {"list_left", "You will get no more mail of the list {list}."},
        {"this_list_left", "You will get no more mail of this list."},
        {"left_everything", "You will get no more mail from {organisation}."},
        {"paused", "You will get no mail until {date}."},
        {"undo", "Undo"},
        {"undone", "Your choice has been taken back."},
        {"other_choice", "Choose something else"},
        {"view", "Read the mail in the browser"},
        {"damaged_title", "This link does not work"},
        {"damaged",
         "The link is damaged or incomplete, so nothing has changed. Please try the link "
         "in the mail again, and make sure that all of it is there."},
        {"by_mail", "Or write to us, and we take you off the list:"},
        {"failed_title", "Please try again"},
        {"failed", "We could not record your choice just now. Please try again in a few minutes."},
        {"unclear",
         "We did not understand what you would like, so nothing has changed. Please go "
         "back and choose again."},
        {"gone_title", "Not available any more"},
        {"gone", "This mail cannot be shown any more."},
        {"works_title", "This link works"},
        {"works", "This is a test of the unsubscribe page. It belongs to nobody."},
    };
    return texts;
}

bool is_language_tag(std::string_view tag) {
    std::size_t groups = 0;
    while (true) {
        std::string_view group = tag.substr(0, tag.find('-'));
        bool fits = groups == 0 ? group.size() >= 2 && group.size() <= 3 &&
                                      std::all_of(group.begin(), group.end(), is_lower)
                                : !group.empty() && group.size() <= 8 &&
                                      std::all_of(group.begin(), group.end(), is_lower_or_digit);
        if (!fits || ++groups > 4) return false;
        if (group.size() == tag.size()) return true;
        tag.remove_prefix(group.size() + 1);
    }
}

}  // namespace tocsin
