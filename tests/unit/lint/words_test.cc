#include "lint/words.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("words: duties in several languages") {
    for (const char* text :
         {"privacy policy", "datenschutzerklärung", "politique de confidentialité",
          "https://x.example/privacidad", "gizlilik politikası"}) {
        CHECK_MESSAGE(speaks_of_privacy(text), text);
    }
    CHECK_FALSE(speaks_of_privacy("sign the open letter"));
    for (const char* text : {"you’re receiving this email since…", "du bekommst diese mail",
                             "vous recevez ce message", "otrzymujesz tę wiadomość"}) {
        CHECK_MESSAGE(gives_reason(text), text);
    }
    CHECK_FALSE(gives_reason("sign the open letter"));
}

TEST_CASE("words: of languages that are not known nothing is said") {
    CHECK(knows_reasons("en-gb"));
    CHECK(knows_reasons(""));
    CHECK_FALSE(knows_reasons("eu"));
}
