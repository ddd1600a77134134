"""How much is done in a full run, a quick one, and one that only tries every part."""

import dataclasses


@dataclasses.dataclass
class Sizes:
    rounds: int
    whole_send: int         # mails against a sink on this machine
    peer_whole_send: int    # the same for nodemailer, which takes longer
    far: int                # mails over 20 ms
    peer_far: int
    slow: int               # mails to a server that takes a second for each
    people: int             # of the large list
    fewer_people: int       # a list beside it, to tell what a row costs from what a run costs
    checked: int            # people of the list that is checked each round
    unsubscribes: int       # of which the usual time is taken
    most_send_seconds: int  # then the send of the large list is stopped: its memory has been seen


FULL = Sizes(rounds=3, whole_send=20_000, peer_whole_send=5_000, far=3_000, peer_far=1_000, slow=100,
             people=1_000_000, fewer_people=10_000, checked=250_000, unsubscribes=20, most_send_seconds=100)
QUICK = Sizes(rounds=1, whole_send=5_000, peer_whole_send=1_000, far=1_000, peer_far=300, slow=50,
              people=100_000, fewer_people=5_000, checked=50_000, unsubscribes=10, most_send_seconds=20)
SMOKE = Sizes(rounds=1, whole_send=50, peer_whole_send=50, far=50, peer_far=20, slow=10,
              people=2_000, fewer_people=200, checked=200, unsubscribes=2, most_send_seconds=3)
