// Signs the message on the standard input and prints it with its signatures in front, for tests
// with verifiers that others wrote: dkim_testing SECONDS DOMAIN SELECTOR KEYFILE [DOMAIN SELECTOR
// ...]
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "mail/dkim.h"

using namespace tocsin;

namespace {

std::string all_of(std::istream& stream) {
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

template <typename Value>
Value value_or_exit(std::variant<Value, SigningKey::Fault> made) {
    if (auto* value = std::get_if<Value>(&made)) return std::move(*value);
    std::fprintf(stderr, "%s\n", std::get<SigningKey::Fault>(made).message.c_str());
    std::exit(78);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 5 || argc % 3 != 2) return 64;
    std::vector<DkimIdentity> identities;
    for (int i = 2; i < argc; i += 3) {
        std::ifstream key(argv[i + 2], std::ios::binary);
        identities.push_back(value_or_exit(DkimIdentity::make(argv[i], argv[i + 1], all_of(key))));
    }
    DkimSigner signer = value_or_exit(DkimSigner::make(std::move(identities)));
    std::string message = all_of(std::cin);
    std::cout << signer.sign(message, WallTime(std::chrono::seconds(std::atoll(argv[1]))))
              << message;
    return std::cout.flush() ? 0 : 74;
}
