"""`timezone: recipient` in every offset that there is: everybody at their own nine o'clock, once."""

import collections
import datetime
import os
import unittest
import zoneinfo

from local_time import local, shown, utc
from mailings import KNOWN_ZONES, Campaign
from proof import Proof, report
from world import World

NINE = "2026-12-01 09:00"
BEGIN, END = utc("2026-11-30 17:00"), utc("2026-12-02 00:00")


def zones_of_all_offsets():
    """One zone, with a place's name, for each offset from UTC that is somewhere in force that day."""
    by_offset = collections.defaultdict(list)
    for zone in KNOWN_ZONES:
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/")):
            by_offset[local(NINE).replace(tzinfo=zoneinfo.ZoneInfo(zone)).utcoffset()].append(zone)
    return [min(zones) for _, zones in sorted(by_offset.items())]


class ZonesTest(unittest.TestCase):
    def test_everybody_at_their_own_hour(self):
        zones = [*zones_of_all_offsets(), "", "Mars/Olympus", "europe/paris", "+02:00"]
        self.assertGreater(len(zones), 36)
        campaign = Campaign("everywhere", at=NINE, zone="Europe/London", zones=zones,
                            people=tuple(f"p{i}" for i in range(len(zones))))
        with World(os.environ["TOCSIN_TESTING"], [campaign], BEGIN, END) as world:
            world.live(END)
            violations = Proof(world.due, world.arrivals, world.rounds).check()
            self.assertEqual([], violations, report(violations, world.machine.runs))
            self.assertEqual(len(zones), len(world.arrivals))

    def test_the_expectation_is_that_the_clocks_there_show_nine(self):
        for zone in zones_of_all_offsets():
            campaign = Campaign("one", at=NINE, zones=(zone,), people=("p0",))
            (due,) = campaign.due(BEGIN - datetime.timedelta(days=1), END)
            self.assertEqual(local(NINE), shown(due.at, zone))


if __name__ == "__main__":
    unittest.main()
