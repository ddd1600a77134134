// What one recogniser alone says of a mail.
#pragma once

#include <optional>
#include <string>

#include "inbound/recognise/recognisers.h"

namespace tocsin {

using Recogniser = std::optional<Report>(const ParsedMail&, const Notice&);

inline std::optional<Report> ask(Recogniser* recogniser, const std::string& mail) {
    const ParsedMail parsed = parse_mail(mail);
    return recogniser(parsed, read_notice(parsed));
}

// "bounce hard 5.1.1 ada@quay.example", or "nothing"; what is empty is left out.
inline std::string said(Recogniser* recogniser, const std::string& mail) {
    const std::optional<Report> report = ask(recogniser, mail);
    if (!report) return "nothing";
    std::string text(name(report->kind));
    for (std::string_view more : {name(report->bounce), std::string_view(report->status),
                                  std::string_view(report->recipient)}) {
        if (!more.empty()) text.append(" ").append(more);
    }
    return text;
}

}  // namespace tocsin
