// An SMTP server that takes everything and keeps nothing: bench_sink [--delay-ms N] [--log FILE]
//
// Prints its port on 127.0.0.1, and a summary (sink/arrivals.h) at SIGUSR1 and when SIGTERM ends
// it. Far cheaper than Postfix's smtp-sink, so that the sender is what is measured.
#include <exception>
#include <iostream>
#include <string>

#include "sink/server.h"
#include "support/loopback.h"

int main(int count, char** arguments) {
    using namespace tocsin::bench;
    try {
        std::int64_t delay_ms = std::stoll(option(count, arguments, "--delay-ms", "0"));
        SinkServer server(
            {.delay_ns = delay_ms * 1'000'000, .log = option(count, arguments, "--log", "")});
        announce(server.port());
        server.run();
    } catch (const std::exception& error) {
        std::cerr << "bench_sink: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
