// A distance on one machine: bench_delay_proxy --to PORT [--rtt-ms N]
//
// Prints its port on 127.0.0.1; connections to it are passed on to 127.0.0.1:PORT with a round trip
// of N ms (20).
#include <exception>
#include <iostream>
#include <string>

#include "proxy/relay.h"
#include "support/loopback.h"

int main(int count, char** arguments) {
    using namespace tocsin::bench;
    try {
        int server = std::stoi(option(count, arguments, "--to", ""));
        std::int64_t rtt_ms = std::stoll(option(count, arguments, "--rtt-ms", "20"));
        Relay relay(static_cast<std::uint16_t>(server), rtt_ms * 1'000'000);
        announce(relay.port());
        relay.run();
    } catch (const std::exception& error) {
        std::cerr << "bench_delay_proxy: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
