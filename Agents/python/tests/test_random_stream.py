"""The random stream against numbers printed by Swift's RandomStream."""

import pytest

from gridtide import Phase, RandomStream

KNOWN = [
    ((1, 0, 0, Phase(1)), [4585330820673184961, 3565936218292734402, 17048485454894414501], 0.5083695573269097),
    ((1, 5, 17, Phase(2)), [711510585773226429, 5789198504736697473, 12155170290135299868], 0.5540779650757442),
    (
        (18446744073709551615, 9999, 999999, Phase(3)),
        [9606356712367911498, 7016213881642882786, 13372713915640968408], 0.45801159529699786,
    ),
    (
        (9007199254740992, 3, 2, Phase(4)),
        [4356724895142901955, 12192863907922895570, 13150834161404871510], 0.47310121314969467,
    ),
]


@pytest.mark.parametrize(("coordinates", "bits", "uniform"), KNOWN)
def test_numbers_are_those_of_swift(coordinates, bits, uniform):
    random = RandomStream(*coordinates)
    assert [random.next() for _ in bits] == bits
    assert random.uniform() == uniform


def test_every_coordinate_matters():
    streams = [(1, 2, 3, Phase.BIDDING), (2, 2, 3, Phase.BIDDING), (1, 3, 3, Phase.BIDDING), (1, 2, 4, Phase.BIDDING),
               (1, 2, 3, Phase.DISPATCHING)]
    assert len({RandomStream(*coordinates).next() for coordinates in streams}) == len(streams)


def test_below_covers_its_range():
    random = RandomStream(1, 0, 0, Phase.BIDDING)
    drawn = [random.below(3) for _ in range(3000)]
    assert {value for value in drawn} == {0, 1, 2}
    assert all(abs(drawn.count(value) - 1000) < 120 for value in range(3))
    with pytest.raises(ValueError):
        random.below(0)
