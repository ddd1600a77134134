#include "web/recorder.h"

#include <doctest/doctest.h>

#include "unit/web/testing.h"

using namespace tocsin;

TEST_CASE("who comes while the disk is busy waits for one commit together") {
    testing::MemoryBook book;
    std::promise<void> started, go_on;
    std::atomic<int> calls{0};
    book.before_record = [&] {
        if (++calls > 1) return;
        started.set_value();
        go_on.get_future().wait();
    };
    std::atomic<int> recorded{0};
    {
        Recorder recorder(book);
        auto done = [&](bool is_recorded) { recorded += is_recorded ? 1 : 100; };
        recorder.add({}, done);
        started.get_future().wait();
        for (int i = 0; i < 50; ++i) recorder.add({}, done);
        CHECK(recorded == 0);
        go_on.set_value();
    }
    CHECK(recorded == 51);
    CHECK(book.batches() == std::vector<std::size_t>{1, 50});
}

TEST_CASE("whoever was not recorded is told so, and the next one is tried again") {
    testing::MemoryBook book;
    book.is_broken = true;
    Recorder recorder(book);
    auto ask = [&] {
        std::promise<bool> answer;
        recorder.add({}, [&](bool is_recorded) { answer.set_value(is_recorded); });
        return answer.get_future().get();
    };
    CHECK_FALSE(ask());
    book.is_broken = false;
    CHECK(ask());
    CHECK(book.recorded().size() == 1);
}

TEST_CASE("whatever is thrown on the way, the next one is recorded and told") {
    testing::MemoryBook book;
    bool is_told = false;
    bool was_recorded = true;
    std::atomic<int> calls{0};
    book.before_record = [&] {
        if (++calls == 1) throw 1;
    };
    {
        Recorder recorder(book);
        recorder.add({}, [&](bool is_recorded) {
            was_recorded = is_recorded;
            throw std::bad_alloc();
        });
        recorder.add({}, [&](bool) { is_told = true; });
    }
    CHECK_FALSE(was_recorded);
    CHECK(is_told);
}
