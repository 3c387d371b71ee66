"""Settings: rules, paths, and that none goes unread."""

import pytest

from gridtide import ParameterError, Parameters, Series


def settings() -> Parameters:
    fleet = [Parameters({"name": "gas", "costUSDPerMWh": 60.0}, "fleet[0]")]
    return Parameters({
        "margin": 0.5, "count": 3.0, "isOn": True, "kind": "slow", "load": Series([1, 2, 3]), "fleet": fleet,
        "inner": Parameters({"x": 1.0}, "inner"), "names": ["a", "b"],
    })


def test_values_come_by_kind():
    p = settings()
    assert p.number("margin", at_least=0, at_most=1) == 0.5
    assert p.integer("count") == 3 and isinstance(p.integer("count"), int)
    assert p.boolean("isOn") is True
    assert p.text("kind", choices=["slow", "fast"]) == "slow"
    assert p.series("load")[2] == 3 and p.series("margin")[99] == 0.5
    assert p.sections("fleet")[0].number("costUSDPerMWh") == 60
    assert p.section("inner").number("x") == 1
    assert p.texts("names") == ["a", "b"]
    assert p.number("absent", 7) == 7 and p.number("absent", None) is None
    assert p.series("absent", 1.2)[5] == 1.2 and len(p.section("absent")) == 0 and p.sections("absent") == []


@pytest.mark.parametrize(
    ("read", "path", "problem"),
    [
        (lambda p: p.number("absent"), "absent", "it is missing"),
        (lambda p: p.number("margin", at_least=1), "margin", "0.5 is not accepted"),
        (lambda p: p.number("margin", more_than=0.5), "margin", "0.5 is not accepted"),
        (lambda p: p.number("isOn"), "isOn", "true stands where a number belongs"),
        (lambda p: p.integer("margin"), "margin", "0.5 is not a whole number"),
        (lambda p: p.text("kind", choices=["fast"]), "kind", "'slow' is unknown"),
        (lambda p: p.text("margin"), "margin", "0.5 stands where a text belongs"),
        (lambda p: p.series("load", at_most=2), "load", "3 at tick 2 is not accepted"),
        (lambda p: p.sections("fleet")[0].number("mw"), "fleet[0].mw", "it is missing"),
        (lambda p: p.section("inner").number("x", at_least=2), "inner.x", "1 is not accepted"),
        (lambda p: p.numbers("names"), "names[0]", "'a' does not belong into a list of numbers"),
    ],
)
def test_faults_say_where_and_what(read, path, problem):
    with pytest.raises(ParameterError) as caught:
        read(settings())
    assert caught.value.path == path
    assert caught.value.problem == problem
    assert caught.value.remedy.endswith(".")


def test_what_nobody_reads_is_a_fault():
    p = Parameters({"margin": 1.0, "inner": Parameters({"x": 1.0, "y": 2.0}, "inner")})
    p.number("margin")
    with pytest.raises(ParameterError) as caught:
        p.check_all_read()
    assert caught.value.path == "inner"
    p.section("inner").number("x")
    with pytest.raises(ParameterError) as caught:
        p.check_all_read()
    assert (caught.value.path, caught.value.remedy) == ("inner.y", "It reads: x.")
    p.section("inner").number("y")
    p.check_all_read()
