"""What a server's clock says of a rate: arrivals of final dots, counted apart from whoever sent them."""

import bisect


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
