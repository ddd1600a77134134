// What composing one mail costs: a realistic alert (12 KB HTML, 4 KB text, 15 fields, a section, a
// loop, a preheader), composed for a thousand people who all differ, in one thread.
//
//   compose_bench [ROUNDS]
//
// Prints the median over the rounds, in microseconds a mail. CPU time of the thread, as machines
// are shared.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "compose/composer.h"
#include "compose/renderer.h"
#include "mail/mime.h"

using namespace tocsin;

namespace {

constexpr std::size_t kPeople = 1'000;
constexpr std::size_t kFields = 15;
constexpr char kWords[] =
    "Our river is dying, and those who could stop it look away – every day, untreated water flows "
    "past our schools & homes. ";

Columns columns() {
    Columns names;
    for (std::size_t i = 0; i < kFields; ++i) names.push_back("field" + std::to_string(i));
    names.push_back("last_gift");
    return names;
}

std::string html() {
    std::string text =
        "<!doctype html>\n<html lang=\"en\"><head><meta "
        "charset=\"utf-8\"><title>Act</title></head>\n"
        "<body style=\"margin:0;background:#f4f4f4\">\n";
    for (std::size_t i = 0; text.size() < 11'500; ++i) {
        text +=
            "<p style=\"font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:24px\">";
        text += kWords;
        if (i < kFields) text += "Dear {{field" + std::to_string(i) + "}}, ";
        text +=
            "<a href=\"https://harbour.example/act?u=1&amp;p=2\" style=\"color:#0b5cad\">act</a> ";
        text += std::string(kWords) + "</p>\n";
    }
    return text +
           "{{#last_gift}}<p>You gave {{last_gift}} last time.</p>{{/last_gift}}\n"
           "<ul>{{#demands}}<li><b>{{title}}</b>: {{body}}</li>\n{{/demands}}</ul>\n"
           "<p><a href=\"{{unsubscribe_url}}\">Unsubscribe</a></p></body></html>\n";
}

std::string plain() {
    std::string text;
    for (std::size_t i = 0; text.size() < 3'800; ++i) {
        if (i < kFields) text += "Dear {{field" + std::to_string(i) + "}}, look:\n";
        text +=
            "Our river is dying, and those who could stop it look away –\nevery day, untreated "
            "water flows past our schools and homes.\n\n";
    }
    return text +
           "{{#last_gift}}You gave {{last_gift}}.\n{{/last_gift}}\n"
           "{{#demands}}\n* {{title}}: {{body}}\n{{/demands}}\nLeave: {{unsubscribe_url}}\n";
}

Value demand(const char* title, const char* body) {
    return Value::Map{{"title", title}, {"body", body}};
}

Content content() {
    return {.campaign = "alert",
            .from = {"Reem, Mark and the team", Mailbox::from("campaigns@harbour.example")},
            .reply_to = std::nullopt,
            .subject = {{"campaigns/alert.yaml", 3, 11}, "{{field0}}, act for {{field1}}"},
            .preheader = TemplateText{{"campaigns/alert.yaml", 4, 13}, "{{field2}} votes – act"},
            .html = "a.html.mustache",
            .text = "a.txt.mustache",
            .templates = {{"a.html.mustache", html()}, {"a.txt.mustache", plain()}},
            .data = Value::Map{{"demands",
                                Value::List{demand("Clean rivers", "Stop the raw sewage"),
                                            demand("Fair bills", "No rises while pipes leak"),
                                            demand("Open data", "Publish every overflow")}}},
            .fallbacks = {},
            .attachments = {},
            .unsubscribe_list = "action-alerts",
            .transport = "",
            .rates = {},
            .organisation = {"Harbour Action", "12 Quay Street", "", ""},
            .unsubscribe = {"https://u.harbour.example/u/",
                            Mailbox::from("unsubscribe@harbour.example")}};
}

std::vector<Recipient> people() {
    std::vector<Recipient> all;
    for (std::size_t i = 0; i < kPeople; ++i) {
        std::string n = std::to_string(i);
        Recipient person{Mailbox::from("person" + n + "@mail.example"), {}};
        for (std::size_t f = 0; f < kFields; ++f) {
            person.cells.push_back(f % 3 == 0 ? "Zoë " + n : "Field & value number " + n);
        }
        person.cells.push_back(i % 2 == 0 ? n + ".00" : "");
        all.push_back(std::move(person));
    }
    return all;
}

double thread_seconds() {
    std::timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

void report(const char* what, int rounds, const std::function<void(std::size_t)>& one) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        double begin = thread_seconds();
        for (std::size_t i = 0; i < kPeople; ++i) one(i);
        times.push_back((thread_seconds() - begin) * 1e6 / kPeople);
    }
    std::sort(times.begin(), times.end());
    std::printf("%-28s %8.2f us\n", what, times[times.size() / 2]);
}

std::unique_ptr<BoundTemplate> bound_to(const std::string& source, Escape escape,
                                        const Content& content) {
    std::vector<std::string> names = columns();
    names.push_back("unsubscribe_url");
    Findings findings;
    LoadOptions options;
    options.escape = escape;
    auto loaded = load_template(
        SourceText("bench", source), [](std::string_view) { return std::nullopt; }, options,
        findings);
    return loaded->bind(content.data, names, findings);
}

std::vector<std::string_view> fields_of(const Recipient& person) {
    std::vector<std::string_view> fields(person.cells.begin(), person.cells.end());
    fields.push_back(
        "https://u.harbour.example/u/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    return fields;
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
    const Content alert = content();
    const std::vector<Recipient> all = people();
    const KeyRing keys(std::vector<std::string>{"the secret of the benchmark"});
    Findings findings;
    auto composer = Composer::make(alert, columns(), findings);
    auto html_part = bound_to(html(), Escape::kHtml, alert);
    auto text_part = bound_to(plain(), Escape::kNone, alert);
    std::size_t bytes = 0;

    report("make a composer, x 1/100", 3, [&](std::size_t i) {
        if (i % 100 == 0) composer->another();
    });
    report("render html", rounds,
           [&](std::size_t i) { bytes += html_part->render(fields_of(all[i])).size(); });
    report("render text", rounds,
           [&](std::size_t i) { bytes += text_part->render(fields_of(all[i])).size(); });
    const std::string rendered_html = html_part->render(fields_of(all[0]));
    const std::string rendered_text = text_part->render(fields_of(all[0]));
    report("mime", rounds, [&](std::size_t i) {
        Draft draft{.from = alert.from,
                    .reply_to = std::nullopt,
                    .to = all[i].address,
                    .subject = "Zoë, act for us",
                    .message_id = "abcdefghijklmnopqrstuvwxyz@harbour.example",
                    .date = WallTime{},
                    .headers = {},
                    .text = rendered_text,
                    .html = rendered_html,
                    .attachments = {}};
        bytes += build_message(draft).size();
    });
    report("whole", rounds, [&](std::size_t i) {
        bytes += composer
                     ->live(all[i].address, all[i].cells, static_cast<std::int64_t>(i),
                            {"alert/", 1, 1}, keys, WallTime{})
                     .bytes.size();
    });
    report("find faults", rounds, [&](std::size_t i) {
        bytes += composer->fault(all[i].address, all[i].cells) ? 1u : 0u;
    });
    std::printf("%zu bytes in all\n", bytes);
}
