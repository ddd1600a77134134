// Over real sockets, as a client sees it.
#include "web/server.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "unit/web/testing.h"
#include "web/listen_address.h"

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

// A mail that no socket takes whole while nobody reads it.
struct LargeMail : MailView {
    std::optional<std::string> html(const UnsubscribeToken&, std::string_view) override {
        if (is_broken) throw 1;
        return std::string(kSize, 'x');
    }
    static constexpr std::size_t kSize = 16 << 20;
    std::atomic<bool> is_broken{false};
};

// Keeps the posts until it is told to answer them.
struct LargeDoor : WebhookDoor {
    std::mutex mutex;
    std::vector<std::size_t> sizes;
    std::vector<Answer> waiting;
    bool answers = true;
    void take(ProviderKind, WebRequest request, Answer answer) override {
        std::lock_guard lock(mutex);
        sizes.push_back(request.body.size());
        if (answers) return answer(200);
        waiting.push_back(std::move(answer));
    }
    std::string metrics() const override { return ""; }
    std::size_t taken() {
        std::lock_guard lock(mutex);
        return sizes.size();
    }
};

struct Server {
    KeyRing keys = testing::ring();
    testing::MemoryBook book;
    SystemClock clock;
    Workspace workspace = testing::workspace_of();
    Pages pages{workspace};
    Metrics metrics;
    LargeMail mail;
    LargeDoor door;
    Desk desk{{keys, book, &mail, {}, "ledger", clock, &door}, pages, metrics};
    std::string token = encode_token(keys, 1, 2, 3, "ann@one.example");
    sockaddr_storage where{};
    socklen_t size = sizeof where;
    std::unique_ptr<WebServer> server;
    std::atomic<bool> stop{false};
    std::thread ticker;

    explicit Server(ServeLimits limits = {}) {
        Descriptor listener = listen_at({"127.0.0.1", "0"});
        REQUIRE(::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&where), &size) == 0);
        server = std::make_unique<WebServer>(std::move(listener), limits, desk);
        ticker = std::thread([this] { server->serve_until(stop); });
    }
    ~Server() { end(); }
    void end() {
        stop = true;
        if (ticker.joinable()) ticker.join();
        server.reset();
    }

    Descriptor connect() const {
        Descriptor client(::socket(AF_INET, SOCK_STREAM, 0));
        REQUIRE(::connect(client.get(), reinterpret_cast<const sockaddr*>(&where), size) == 0);
        return client;
    }
    std::string ask(const std::string& request) const {
        Descriptor client = connect();
        ::send(client.get(), request.data(), request.size(), MSG_NOSIGNAL);
        return read_all(client);
    }
    std::string post(const std::string& type, const std::string& body) const {
        return ask("POST /u/" + token + " HTTP/1.1\r\nHost: x\r\n" +
                   (type.empty() ? "" : "Content-Type: " + type + "\r\n") +
                   "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    // To the end of the connection.
    static std::string read_all(const Descriptor& client) {
        std::string all;
        char bytes[4096];
        ssize_t got = 0;
        while ((got = ::recv(client.get(), bytes, sizeof bytes, 0)) > 0) {
            all.append(bytes, static_cast<std::size_t>(got));
        }
        return all;
    }
};

int status_of(const std::string& response) {
    return response.starts_with("HTTP/1.1 ") ? std::stoi(response.substr(9, 3)) : 0;
}

std::string multipart(const std::string& name, const std::string& value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value +
           "\r\n--b--\r\n";
}

}  // namespace

TEST_CASE("one click as receivers send it") {
    Server server;
    const std::string url_encoded = "application/x-www-form-urlencoded";
    const std::string one_click = "List-Unsubscribe=One-Click";
    CHECK(status_of(server.post(url_encoded, one_click)) == 200);
    CHECK(status_of(server.post(url_encoded + "; charset=UTF-8", one_click)) == 200);
    CHECK(status_of(server.post(url_encoded, one_click + "\r\n")) == 200);
    CHECK(status_of(server.post(url_encoded, "List-Unsubscribe=One%2DClick&x=y")) == 200);
    CHECK(status_of(server.post("multipart/form-data; boundary=b",
                                multipart("List-Unsubscribe", "One-Click"))) == 200);
    CHECK(status_of(server.post("multipart/form-data; boundary=\"b\"",
                                multipart("List-Unsubscribe", "One-Click"))) == 200);
    CHECK(status_of(server.post("", one_click)) == 200);
    CHECK(status_of(server.post("text/plain", one_click)) == 200);
    CHECK(server.book.recorded().size() == 8);
    for (const Leaving& leaving : server.book.recorded()) CHECK(leaving.source == "one-click");
}

TEST_CASE("bodies that say nothing, or nonsense, change nothing") {
    Server server;
    const std::string url_encoded = "application/x-www-form-urlencoded";
    for (const std::string& body :
         {std::string(), std::string("x"), std::string("choice"), std::string("choice=%"),
          std::string("=&=&"), std::string("\0\0\0", 3), std::string("choice=lis%74x")}) {
        CHECK(status_of(server.post(url_encoded, body)) == 400);
    }
    CHECK(status_of(server.post("multipart/form-data", "--b\r\n")) == 400);
    CHECK(status_of(server.post("multipart/form-data; boundary=b", "--b\r\nx")) == 400);
    CHECK(server.book.recorded().empty());
}

TEST_CASE("a header or body that is too large is refused") {
    Server server;
    CHECK(status_of(server.post("text/plain", std::string(9000, 'a'))) == 413);
    std::string start = "GET /u/" + server.token + " HTTP/1.1\r\nHost: x\r\n";
    CHECK(status_of(server.ask(start + "X: " + std::string(40'000, 'a') + "\r\n\r\n")) == 431);
    std::string piece = "1000\r\n" + std::string(4096, 'a') + "\r\n";
    CHECK(status_of(server.ask("POST /u/" + server.token +
                               " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" +
                               piece + piece + piece + "0\r\n\r\n")) == 413);
    CHECK(server.book.recorded().empty());
}

TEST_CASE("each connection has one request, and no cookie") {
    Server server;
    std::string get = "GET /u/" + server.token + " HTTP/1.1\r\nHost: x\r\n\r\n";
    std::string response = server.ask(get + get);
    CHECK(response.find("Connection: close") != response.npos);
    CHECK(response.find("HTTP/1.1", 1) == response.npos);
    CHECK(response.find("Set-Cookie") == response.npos);
    std::string head = server.ask("HEAD" + get.substr(3));
    CHECK(status_of(head) == 200);
    CHECK(head.ends_with("\r\n\r\n"));
}

TEST_CASE("who drips is cut off although a byte comes all the time") {
    ServeLimits limits;
    limits.patience = 300ms;
    Server server(limits);
    Descriptor client = server.connect();
    bool is_open = true;
    for (int i = 0; i < 3000 && is_open; ++i) {
        ::send(client.get(), i == 0 ? "G" : "x", 1, MSG_NOSIGNAL);
        char byte = 0;
        is_open = ::recv(client.get(), &byte, 1, MSG_DONTWAIT) != 0;
        std::this_thread::sleep_for(10ms);
    }
    CHECK_FALSE(is_open);
    CHECK(server.metrics.text({}).find("requests_total{") == std::string::npos);
}

TEST_CASE("slow clients lock nobody out") {
    ServeLimits limits;
    limits.connections = 16;
    Server server(limits);
    std::vector<Descriptor> slow;
    for (int i = 0; i < 100; ++i) {
        slow.push_back(server.connect());
        ::send(slow.back().get(), "POST /", 6, MSG_NOSIGNAL);
    }
    CHECK(status_of(server.post("text/plain", "List-Unsubscribe=One-Click")) == 200);
    CHECK(server.book.recorded().size() == 1);
}

TEST_CASE("the end waits for who is being recorded") {
    Server server;
    std::promise<void> started, go_on;
    server.book.before_record = [&] {
        started.set_value();
        go_on.get_future().wait();
    };
    std::string response;
    std::thread client([&] { response = server.post("text/plain", "List-Unsubscribe=One-Click"); });
    started.get_future().wait();
    std::thread end([&] { server.end(); });
    std::this_thread::sleep_for(50ms);
    go_on.set_value();
    end.join();
    client.join();
    CHECK(status_of(response) == 200);
    CHECK(server.book.recorded().size() == 1);
}

TEST_CASE("clients that hang up while they are answered harm nobody") {
    Server server;
    const std::string request = "POST /u/" + server.token +
                                " HTTP/1.1\r\nHost: x\r\nContent-Length: 26\r\n\r\n"
                                "List-Unsubscribe=One-Click";
    for (int i = 0; i < 200; ++i) {
        Descriptor client = server.connect();
        ::send(client.get(), request.data(), request.size(), MSG_NOSIGNAL);
    }
    CHECK(status_of(server.post("text/plain", "List-Unsubscribe=One-Click")) == 200);
}

TEST_CASE("who reads a mail slowly does not fill the memory, and holds up nobody else") {
    ServeLimits limits;
    limits.views = 2 * LargeMail::kSize;
    Server server(limits);
    const std::string view = "GET /u/" + server.token + "/view HTTP/1.1\r\nHost: x\r\n\r\n";
    auto begin = [&](Descriptor& client) {
        client = server.connect();
        ::send(client.get(), view.data(), view.size(), MSG_NOSIGNAL);
        std::string start(12, ' ');
        REQUIRE(::recv(client.get(), start.data(), start.size(), MSG_WAITALL) == 12);
        return status_of(start);
    };
    Descriptor slow[2], late;
    CHECK(begin(slow[0]) == 200);
    CHECK(begin(slow[1]) == 200);
    CHECK(begin(late) == 503);
    CHECK(status_of(server.post("", "List-Unsubscribe=One-Click")) == 200);
    slow[0] = Descriptor();
    std::string mail;
    for (int tries = 0; tries < 500 && status_of(mail) != 200; ++tries) {
        std::this_thread::sleep_for(10ms);
        mail = server.ask(view);
    }
    CHECK(mail.size() > LargeMail::kSize);
    CHECK(server.read_all(slow[1]).size() > LargeMail::kSize - 4096);
}

TEST_CASE("what throws where nobody expects it is a 503, and the server goes on") {
    Server server;
    server.mail.is_broken = true;
    server.book.before_record = [] { throw 1; };
    const std::string view = "GET /u/" + server.token + "/view HTTP/1.1\r\nHost: x\r\n\r\n";
    CHECK(status_of(server.ask(view)) == 503);
    CHECK(status_of(server.post("", "List-Unsubscribe=One-Click")) == 503);
    server.book.before_record = nullptr;
    CHECK(status_of(server.post("", "List-Unsubscribe=One-Click")) == 200);
    CHECK(server.book.recorded().size() == 1);
}

namespace {

std::string webhook(std::size_t size, bool is_chunked = false) {
    const std::string body(size, 'x');
    const std::string head = "POST /webhooks/ses HTTP/1.1\r\nHost: x\r\n";
    if (!is_chunked) return head + "Content-Length: " + std::to_string(size) + "\r\n\r\n" + body;
    char length[20];
    std::snprintf(length, sizeof length, "%zx", size);
    return head + "Transfer-Encoding: chunked\r\n\r\n" + length + "\r\n" + body + "\r\n0\r\n\r\n";
}

}  // namespace

TEST_CASE("a webhook's body may be large, and no other's") {
    ServeLimits limits;
    limits.webhook = 100'000;
    Server server(limits);
    for (bool is_chunked : {false, true}) {
        CHECK(status_of(server.ask(webhook(100'000, is_chunked))) == 200);
        CHECK(status_of(server.ask(webhook(100'001, is_chunked))) == 413);
    }
    CHECK(server.door.sizes == std::vector<std::size_t>{100'000, 100'000});
    CHECK(status_of(server.post("", std::string(10'000, 'x'))) == 413);
    CHECK(status_of(server.post("", "List-Unsubscribe=One-Click")) == 200);
}

TEST_CASE("webhooks that wait fill no more memory than they may, and pages go on") {
    ServeLimits limits;
    limits.webhook = 50'000;
    limits.webhooks = 120'000;
    Server server(limits);
    server.door.answers = false;
    std::vector<std::future<int>> posts;
    for (std::size_t i = 0; i < 2; ++i) {
        posts.push_back(
            std::async(std::launch::async, [&] { return status_of(server.ask(webhook(50'000))); }));
        while (server.door.taken() <= i) std::this_thread::yield();
    }
    CHECK(status_of(server.ask(webhook(50'000))) == 503);
    CHECK(status_of(server.ask(webhook(50'000, true))) == 503);
    CHECK(status_of(server.post("", "List-Unsubscribe=One-Click")) == 200);
    for (auto& answer : server.door.waiting) answer(200);
    for (auto& post : posts) CHECK(post.get() == 200);
    server.door.answers = true;
    CHECK(status_of(server.ask(webhook(50'000))) == 200);
}
