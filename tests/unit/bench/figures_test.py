"""What the benchmark says of its figures."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "bench"))

from harness.figures import Figures, Goal, Line, against, shown  # noqa: E402


class FiguresTest(unittest.TestCase):
    def test_a_ratio_is_taken_round_by_round(self):
        # One slow round of the machine, for both alike.
        line = against("send", 1.2, Figures("mails/s", [100, 10, 100]), Figures("mails/s", [50, 5, 50]), "peer")
        self.assertEqual([2, 2, 2], line.compared.values)
        self.assertEqual("met", line.verdict())

    def test_rounds_that_do_not_pair_have_no_ratio(self):
        with self.assertRaises(ValueError):
            Figures("s", [1, 2]) / Figures("s", [1])

    def test_a_goal_is_held_against_the_median_from_its_own_side(self):
        for values, at_least, at_most in (([1, 9, 9], "met", "missed"), ([1, 1, 9], "missed", "met"),
                                          ([5, 5, 5], "met", "met")):
            verdicts = [Line("x", Goal(5, "s", at_least=low), Figures("s", values)).verdict() for low in (True, False)]
            self.assertEqual([at_least, at_most], verdicts, values)

    def test_a_longest_wait_is_held_against_its_worst_round(self):
        line = Line("wait", Goal(50, "ms", at_least=False), Figures("ms", [1, 2, 51]), worst=True)
        self.assertEqual("missed", line.verdict())

    def test_three_digits_are_shown(self):
        self.assertEqual(["0", "0.012", "1.23", "12.3", "123", "12,346"],
                         [shown(value) for value in (0, 0.0123, 1.234, 12.34, 123.4, 12345.6)])


if __name__ == "__main__":
    unittest.main()
