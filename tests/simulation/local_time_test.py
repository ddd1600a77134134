import unittest

from local_time import instant, is_open, local, name, occurrences, opening, utc

LONDON, NEW_YORK = "Europe/London", "America/New_York"


class InstantTest(unittest.TestCase):
    def test_an_ordinary_time_in_summer_and_in_winter(self):
        self.assertEqual(utc("2026-10-24 08:00"), instant(local("2026-10-24 09:00"), LONDON))
        self.assertEqual(utc("2026-10-26 09:00"), instant(local("2026-10-26 09:00"), LONDON))

    def test_a_doubled_hour_is_its_first(self):
        self.assertEqual(utc("2026-10-25 00:30"), instant(local("2026-10-25 01:30"), LONDON))
        self.assertEqual(utc("2026-11-01 05:30"), instant(local("2026-11-01 01:30"), NEW_YORK))

    def test_all_of_a_skipped_hour_is_its_end(self):
        for minute in ("00", "01", "30", "59"):
            self.assertEqual(utc("2027-03-28 01:00"), instant(local(f"2027-03-28 01:{minute}"), LONDON))
            self.assertEqual(utc("2027-03-14 07:00"), instant(local(f"2027-03-14 02:{minute}"), NEW_YORK))
        self.assertEqual(utc("2027-03-28 00:59"), instant(local("2027-03-28 00:59"), LONDON))

    def test_a_gap_of_half_an_hour(self):
        self.assertEqual(utc("2026-10-03 15:30"), instant(local("2026-10-04 02:15"), "Australia/Lord_Howe"))


class OccurrencesTest(unittest.TestCase):
    def times(self, cron, zone, begin, end):
        return [(f"{at:%H:%M}", name(at, zone)[11:]) for at in occurrences(cron, zone, utc(begin), utc(end))]

    def test_hourly_over_a_doubled_hour(self):
        self.assertEqual([("23:00", "00:00"), ("00:00", "01:00"), ("02:00", "02:00"), ("03:00", "03:00")],
                         self.times("0 * * * *", LONDON, "2026-10-24 23:00", "2026-10-25 04:00"))

    def test_half_hourly_over_a_skipped_hour(self):
        self.assertEqual([("00:00", "00:00"), ("00:30", "00:30"), ("01:00", "02:00"), ("01:30", "02:30")],
                         self.times("*/30 * * * *", LONDON, "2027-03-28 00:00", "2027-03-28 02:00"))

    def test_fields(self):
        def days(cron):
            return [at.day for at in occurrences(cron, "UTC", utc("2026-12-01 00:00"), utc("2026-12-15 00:00"))]
        self.assertEqual([7, 14], days("0 9 * * mon"))
        self.assertEqual([1, 2, 3, 4, 7, 8, 9, 10, 11, 14], days("0 9 * 12 mon-fri"))
        self.assertEqual([2, 4, 11], days("0 9 2 * fri"))
        self.assertEqual([6, 6, 13, 13], days("0,30 9 * * 0"))


class WindowTest(unittest.TestCase):
    def test_the_window_of_a_day(self):
        self.assertTrue(is_open(utc("2026-12-01 08:00"), "UTC", "08:00-20:00"))
        self.assertFalse(is_open(utc("2026-12-01 20:00"), "UTC", "08:00-20:00"))

    def test_a_window_past_midnight_is_of_the_day_on_which_it_begins(self):
        friday = {"fri"}
        self.assertTrue(is_open(utc("2026-12-05 05:59"), "UTC", "22:00-06:00", friday))
        self.assertFalse(is_open(utc("2026-12-04 05:59"), "UTC", "22:00-06:00", friday))
        self.assertFalse(is_open(utc("2026-12-05 22:00"), "UTC", "22:00-06:00", friday))

    def test_the_opening_after_a_weekend_with_a_change(self):
        self.assertEqual(utc("2026-10-26 08:00"), opening(utc("2026-10-23 20:30"), LONDON, "08:00-20:00",
                                                          {"mon", "tue", "wed", "thu", "fri"}))


if __name__ == "__main__":
    unittest.main()
