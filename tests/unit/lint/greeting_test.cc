#include "lint/greeting.h"

#include <doctest/doctest.h>
#include <string>

using namespace tocsin;

namespace {

// "empty at 6: Dear ,", or "" where nothing is wrong.
std::string fault_of(std::string_view text) {
    auto fault = greeting_fault(text);
    if (!fault) return "";
    std::string kind = fault->kind == GreetingFault::Kind::kEmpty ? "empty" : "nobody";
    return kind + " at " + std::to_string(fault->offset) + ": " +
           std::string(text.substr(fault->offset, fault->length));
}

}  // namespace

TEST_CASE("greeting: the name is missing, in several languages") {
    for (const char* text :
         {"Dear ,",        "dear  ,",   "DEAR ,",          "Dear,",      "Dear !",
          "Hello ,",       "Hi ,",      "Hey ,",           "Liebe ,",    "Lieber ,",
          "Liebe(r) ,",    "Liebe*r ,", "Sehr geehrter ,", "Hallo ,",    "Cher ,",
          "Chère ,",       "CHÈRE ,",   "Bonjour ,",       "Estimado ,", "Hola ,",
          "Caro ,",        "Cara,",     "Beste ,",         "Kära ,",     "Dear\xC2\xA0,",
          "Good morning ,"}) {
        CAPTURE(std::string(text));
        CHECK(fault_of(text) == "empty at 0: " + std::string(text));
    }
}

TEST_CASE("greeting: a title without a surname") {
    CHECK(fault_of("Dear Mr ,") == "empty at 0: Dear Mr ,");
    CHECK(fault_of("Sehr geehrte Frau ,") == "empty at 0: Sehr geehrte Frau ,");
    CHECK(fault_of("Sehr geehrte Frau Harrow,").empty());
    CHECK(fault_of("Chère Madame,").empty());
}

TEST_CASE("greeting: a sentence that began with the name") {
    CHECK(fault_of(", in a time when buses stop") == "empty at 0: ,");
    CHECK(fault_of("Rosa\n  , in a time") == "empty at 7: ,");
    CHECK(fault_of(",").empty());
}

TEST_CASE("greeting: the place in a longer text") {
    CHECK(fault_of("COMMONWAY\r\n\r\n  Dear ,\r\nthe buses") == "empty at 15: Dear ,");
    CHECK(fault_of("Dear , and on it goes") == "empty at 0: Dear ,");
}

TEST_CASE("greeting: to nobody in particular") {
    CHECK(fault_of("Dear friend,") == "nobody at 0: Dear friend");
    CHECK(fault_of("Dear Friends of the bus,") == "nobody at 0: Dear Friends");
    CHECK(fault_of("Hi friend!") == "nobody at 0: Hi friend");
    CHECK(fault_of("Dear Sir or Madam,") == "nobody at 0: Dear Sir");
    CHECK(fault_of("Dear valued customer,") == "nobody at 0: Dear valued");
    CHECK(fault_of("Liebe Freundin,") == "nobody at 0: Liebe Freundin");
    CHECK(fault_of("Cher abonné,") == "nobody at 0: Cher abonné");
    CHECK(fault_of("Estimado amigo:") == "nobody at 0: Estimado amigo");
    CHECK(fault_of("Gentile cliente,") == "nobody at 0: Gentile cliente");
}

TEST_CASE("greeting: what is none, or is right") {
    for (const char* text : {"",
                             "Dear William,",
                             "Dear neighbour,",
                             "Hello,",
                             "Hello!",
                             "Bonjour !",
                             "Hi",
                             "Hallo!",
                             "Hi there,",
                             "Dear Friendly,",
                             "Dear Mr Sirocco,",
                             "Dearest,",
                             "Liebe, Freiheit, Brot",
                             "Liebe Noor,",
                             "History ,",
                             "my dear ,",
                             "Dear reader of the Courier,",
                             "Caro William , come",
                             "Carolyn ,",
                             "Dear",
                             "Hi 2 all",
                             "Chers voisins,",
                             "Dear\nWilliam,",
                             "Cher Émile,",
                             "Dear Óscar,"}) {
        CAPTURE(std::string(text));
        CHECK(fault_of(text).empty());
    }
}
