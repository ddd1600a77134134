#include "lint/words.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::string_view kPrivacy[] = {
    "privacy",
    "your data",
    "personal data",
    "data protection",
    "gdpr",
    "datenschutz",
    "dsgvo",
    "ihre daten",
    "deine daten",
    "vie privée",
    "vie-privee",
    "confidentialit",
    "vos données",
    "tes données",
    "données personnelles",
    "donnees",
    "rgpd",
    "privacidad",
    "tus datos",
    "sus datos",
    "datos personales",
    "privacidade",
    "dados pessoais",
    "dados",
    "riservatezza",
    "dati personali",
    "tuoi dati",
    "jouw gegevens",
    "je gegevens",
    "uw gegevens",
    "persoonsgegevens",
    "prywatno",
    "danych osobowych",
    "twoje dane",
    "rodo",
    "integritet",
    "personuppgift",
    "personvern",
    "personopplysning",
    "persondata",
    "privatliv",
    "tietosuoja",
    "soukromí",
    "osobních údaj",
    "osobné údaj",
    "ochrana údaj",
    "adatvéd",
    "adatkezel",
    "confidențialitate",
    "date personale",
    "datele tale",
    "gizlilik",
    "kvkk",
    "απορρ",
    "προσωπικ",
    "конфиденциальн",
    "персональн",
    "конфіденційн",
    "приватн",
    "поверителност",
    "zasebnost",
    "privatnost",
    "privaatsus",
    "privātum",
    "privatum",
    "الخصوصية",
    "פרטיות",
    "隐私",
    "隱私",
    "プライバシー",
    "個人情報",
    "개인정보",
    "गोपनीयता",
    "privasi",
    "quyền riêng tư",
};

constexpr std::string_view kReasons[] = {
    // English
    "you get this",
    "you got this",
    "you receive",
    "you're receiving",
    "you are receiving",
    "you’re receiving",
    "you are getting",
    "you're getting",
    "you’re getting",
    "because you",
    "you signed",
    "you subscribed",
    "you joined",
    "you asked",
    "you opted",
    "you are a member",
    "you are on our",
    "you're on our",
    "you’re on our",
    "was sent to",
    "is sent to",
    "sent to you",
    "why did i get",
    "why am i",
    "why you",
    "since you",
    "as a member",
    "as a supporter",
    // German
    "erhalten",
    "erhältst",
    "bekommst",
    "bekommen diese",
    "weil du",
    "weil sie",
    "weil ihr",
    "da sie",
    "da du",
    "angemeldet",
    "geht an",
    "ging an",
    // French
    "vous recevez",
    "vous avez reçu",
    "tu reçois",
    "car vous",
    "parce que",
    "puisque",
    "inscrit",
    "abonné",
    // Spanish, Portuguese, Italian
    "recibe",
    "porque",
    "suscri",
    "recebe",
    "inscrev",
    "ricevi",
    "riceve",
    "perché",
    "iscritt",
    // Dutch
    "ontvang",
    "omdat",
    "aangemeld",
    // Polish, Czech, Slovak
    "otrzymuje",
    "otrzymał",
    "ponieważ",
    "dostáv",
    "obdrže",
    "protože",
    "pretože",
    "zapisa",
    // Swedish, Norwegian, Danish, Finnish
    "du får",
    "eftersom",
    "fordi du",
    "du mottar",
    "du modtager",
    "därför att",
    "saat tämän",
    "koska",
    // Romanian, Hungarian, Turkish
    "primești",
    "primiți",
    "deoarece",
    "pentru că",
    "azért kap",
    "mert",
    "alıyorsun",
    "aldınız",
    "çünkü",
    // Greek, Russian, Ukrainian
    "λαμβάνετε",
    "επειδή",
    "получ",
    "потому что",
    "отриму",
    "отримали",
    "тому що",
    // Catalan
    "reps aquest",
    "rebeu",
    "perquè",
};

constexpr std::string_view kKnown[] = {"ca", "cs", "da", "de", "el", "en", "es", "fi",
                                       "fr", "hu", "it", "nb", "nl", "nn", "no", "pl",
                                       "pt", "ro", "ru", "sk", "sv", "tr", "uk"};

template <typename Words>
bool has_any(std::string_view text, const Words& words) {
    return std::ranges::any_of(words,
                               [&](std::string_view word) { return text.find(word) != text.npos; });
}

}  // namespace

bool speaks_of_privacy(std::string_view text) {
    return has_any(text, kPrivacy);
}

bool gives_reason(std::string_view text) {
    return has_any(text, kReasons);
}

bool knows_reasons(std::string_view lang) {
    std::string_view primary = lang.substr(0, lang.find_first_of("-_ "));
    return primary.empty() || std::ranges::binary_search(kKnown, primary);
}

}  // namespace tocsin
