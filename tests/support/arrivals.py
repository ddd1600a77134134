"""What a server's clock says of a rate: arrivals of final dots, counted apart from whoever sent them."""

import bisect
import threading
import time


def arrivals(server, *domains):
    """When each final dot came, in seconds of the monotonic clock, for recipients in these domains or in any."""
    return sorted(event["at"] for event in server.events("end_of_data")
                  if not domains or event["to"][0].rsplit("@", 1)[1] in domains)


def most_in_window(times, window):
    """The most arrivals in any half-open window of so many seconds, wherever it begins."""
    return max((bisect.bisect_left(times, begin + window) - i for i, begin in enumerate(times)), default=0)


def rate(times):
    """Arrivals a second from the first to the last."""
    return (len(times) - 1) / (times[-1] - times[0])


class Stillness:
    """For how long, at most, the machine let a process stand still: that makes an arrival late which left in time, so
    that a count of arrivals says nothing about the sender.

        with Stillness() as watch:
            ...
        watch.longest
    """

    def __init__(self):
        self.longest = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()

    def _watch(self):
        before = time.monotonic()
        while not self._ended.wait(0.005):
            now = time.monotonic()
            self.longest = max(self.longest, now - before - 0.005)
            before = now
