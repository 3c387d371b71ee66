"""What the benchmarks compute from samples, and that docs/performance.md says what its data say."""

import json
import re
import statistics
import unittest
from unittest import mock

from bench import check, document, load, page, programs, tables
from bench.contenders import Cell, Family
from bench.exchange import alternate, is_settled
from bench.programs import Unavailable
from bench.samples import Series, paired_ratios, quartiles


def exchange(contender, samples, transport="ipc", agents=8):
    """A series of the exchange as JSON holds it."""
    series = Series("exchange", contender, "ticks/s", Cell(agents, 256, agents, 1).facts(transport))
    for sample in samples:
        series.add(sample)
    return series.document()


class Samples(unittest.TestCase):
    """Medians, quartiles, ratios."""

    def test_quartiles_hold_the_ends(self):
        self.assertEqual(quartiles([1, 2, 3, 4, 5]), (2, 4))
        self.assertEqual(quartiles([7]), (7, 7))

    def test_ratios_are_those_of_pairs(self):
        # A machine that slows down by half for both: the pairs do not see it, the medians of each would.
        self.assertEqual(paired_ratios([100, 50, 100], [200, 100, 200]), [0.5, 0.5, 0.5])
        self.assertEqual(paired_ratios([100, None, 30], [50, 10, None]), [2.0], "failed repeats are in no pair")

    def test_a_series_tells_failures_and_disturbance(self):
        series = Series("exchange", "mosaik", "ticks/s")
        series.add(2, other_cores=0.9)
        series.add(4, other_cores=load.DISTURBED / 2)
        series.fail("did not end")
        result = series.document()
        self.assertEqual((result["median"], result["disturbed"], result["samples"]), (3, 1, [2, 4, None]))
        self.assertEqual(result["failures"], ["did not end"])

    def test_all_failed_has_no_median(self):
        series = Series("exchange", "mosaik", "ticks/s")
        series.fail("did not end")
        self.assertNotIn("median", series.document())
        self.assertEqual(tables.figure(series.document()), "failed")


class Alternation(unittest.TestCase):
    """All contenders in turn, repeat by repeat."""

    def test_order_and_failures(self):
        said = []

        class Contender:
            transport = "ipc"

            def __init__(self, name, fails=False):
                self.name, self.fails = name, fails

            def rate(self, cell):
                said.append(self.name)
                if self.fails:
                    raise Unavailable("no")
                return 1.0

        those = [Contender("a"), Contender("b", fails=True)]
        with mock.patch.object(programs, "say"), mock.patch.object(load, "wait_for_quiet"):
            first, second = alternate([(Cell(2, 64, 2, 1), those)], repeats=3)
        self.assertEqual(said, ["a", "b", "a", "b", "a"], "in turn; who fails twice is not asked again")
        self.assertEqual((first.samples, second.samples), ([1, 1, 1], [None] * 3))

    def test_a_core_that_is_not_the_best_is_left_alone(self):
        def series(contender, *samples, transport="zmq"):
            found = Series("exchange", contender, "ticks/s", {"transport": transport})
            found.samples = list(samples)
            return found

        best, slow, near = series("helics", 10, 12, 11), series("helics", 5, 6, 5), series("helics", 5, 7, 6)
        inproc = series("helics", 50, 50, 50, transport="inproc")
        everybody = [best, slow, near, inproc, series("mosaik", 1, 1, 1), series("gridtide", 99, 99, 99)]
        self.assertEqual([is_settled(one, everybody) for one in everybody], [False, True, False, False, False, False])
        self.assertFalse(is_settled(series("helics", 1, 1), everybody), "two repeats are not enough to tell")
        self.assertFalse(is_settled(series("helics", 1, None, 1), everybody), "what fails is told by its failures")

    def test_processes_do_not_outlive_their_family(self):
        with Family() as family:
            process = family.start(["sleep", "60"])
        self.assertIsNotNone(process.poll())


class Documents(unittest.TestCase):
    """Ratios and tables of a document."""

    def test_ratios_compare_like_with_like(self):
        measures = [
            exchange("gridtide", [900]), exchange("gridtide", [500], "tcp"), exchange("c libzmq", [1000]),
            exchange("helics", [100], "zmq"), exchange("helics", [400], "inproc"), exchange("helics", [90], "zmq", 64),
        ]
        found = {(one["transport"], one["over"], one["overTransport"]): one["median"] for one in document.ratios(measures)}
        self.assertEqual(found, {("ipc", "c libzmq", "ipc"): 0.9, ("ipc", "helics", "zmq"): 9, ("tcp", "helics", "zmq"): 5})

    def test_the_file_holds_the_document(self):
        for measures in ([], [exchange("gridtide", [900])], [exchange("gridtide", [900]), exchange("c libzmq", [1000])]):
            whole = {"format": 1, "skipped": [], "measures": measures, "ratios": document.ratios(measures)}
            self.assertEqual(json.loads(document.text(whole)), whole)

    def test_what_was_not_measured_stays(self):
        measures = [exchange("gridtide", [1]), {"measure": "opf", "samples": [5]}]
        gone, kept = ({"measure": name, "what": name, "because": "no"} for name in ("opf", "exchange"))
        old = {
            "machine": {"cores": 2}, "versions": {"gridtide": "a", "helics": "3"}, "skipped": [gone, kept],
            "measures": measures,
        }
        new = {
            "machine": {"cores": 2}, "versions": {"gridtide": "b", "helics": None}, "measured": ["opf"], "skipped": [],
            "measures": [{"measure": "opf", "samples": [7]}],
        }
        both = document.with_rest(new, old)
        self.assertEqual([one["samples"] for one in both["measures"]], [[1], [7]])
        self.assertEqual(both["skipped"], [kept])
        self.assertEqual(both["versions"], {"gridtide": "b", "helics": "3"})
        with self.assertRaises(Unavailable):
            document.with_rest(new, {**old, "machine": {"cores": 64}})

    def test_the_best_core_is_one_between_processes(self):
        cores = [("zmq", 100), ("ipc", 80), ("inproc", 400)]
        whole = {"measures": [exchange("helics", [rate], core) for core, rate in cores]}
        self.assertEqual(document.best_helics(whole, 8, 256)["transport"], "zmq")


class Check(unittest.TestCase):
    """When CI says that the exchange got slower."""

    def test_a_fifth_is_too_much(self):
        self.assertTrue(check.is_regression([0.79, 0.70, 0.79], committed=1))
        self.assertFalse(check.is_regression([0.81, 0.30, 0.95], committed=1), "one disturbed pair is none")

    def test_the_committed_ratio_is_there(self):
        self.assertGreater(check.committed_ratio(), 0.5)


class Page(unittest.TestCase):
    """docs/performance.md and the figure."""

    def setUp(self):
        self.text = page.PAGE.read_text(encoding="utf-8")
        self.data = json.loads(page.DATA.read_text(encoding="utf-8"))

    def test_it_says_what_its_data_say(self):
        self.assertEqual(page.faults(), [])

    def test_every_table_has_a_place(self):
        places = set(re.findall(r"<!-- bench ([a-z]+) -->", self.text))
        self.assertEqual(places, {table.name for table in tables.tables(self.data)} | {"machine", "failures"})

    def test_another_figure_shows(self):
        """Negative control: a page of other data differs."""
        for series in self.data["measures"]:
            series["median"] = series.get("median", 1) * 2
        self.assertNotEqual(page.filled(self.text, self.data), self.text)

    def test_summaries_are_of_the_samples(self):
        for series in self.data["measures"]:
            values = [value for value in series["samples"] if value is not None]
            if values:
                self.assertAlmostEqual(series["median"], statistics.median(values), delta=1e-4 * abs(series["median"]))
        self.assertEqual(self.data["ratios"], document.ratios(self.data["measures"]))


if __name__ == "__main__":
    unittest.main()
