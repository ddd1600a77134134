"""A send through a provider that is killed while requests are out: those and no others are in doubt; where the
provider carries out a key only once, they are asked again."""

import unittest

from provider_send import ProviderSendTest, of_each

PEOPLE = [f"p{i}" for i in range(300)]
CONNECTIONS = 4


class KillTest(ProviderSendTest):
    batch = 3

    def setUp(self):
        super().setUp()
        self.configure(f"connections: {CONNECTIONS}")
        self.people_called(*PEOPLE)

    def kill_after(self, count):
        """Its requests that were out are carried out after its death."""
        self.server.hold_after(count)
        process = self.start_sending()
        self.server.wait_until_holding()
        known = set(self.server.accepted)
        process.kill()
        process.communicate()
        self.server.release()
        return known

    def finish(self, most_out):
        result = self.send_until_done()
        rows = self.assert_matches_the_server(maybe=self.everybody)
        states = self.states()
        in_doubt = {address for address, state in rows.items() if state == "in_doubt"}
        self.assertEqual({"accepted": len(PEOPLE) - len(in_doubt)} | ({"in_doubt": len(in_doubt)} if in_doubt else {}),
                         states)
        self.assertLessEqual(len(in_doubt), most_out)
        self.assertEqual(3 if in_doubt else 0, result.code)
        missing = set(self.everybody) - set(self.server.accepted)
        self.assertLessEqual(missing, in_doubt)
        if self.server.provider.idempotent and self.server.provider.tells_again:
            self.assertEqual(set(), in_doubt)

    def most_out(self):
        return CONNECTIONS * min(self.batch, self.server.provider.most)

    def test_in_the_middle(self):
        self.kill_after(100)
        self.finish(self.most_out())

    def test_again_and_again(self):
        for count in (30, 100, 170, 240):
            self.kill_after(count)
        self.finish(4 * self.most_out())


of_each(KillTest, globals())

if __name__ == "__main__":
    unittest.main()
