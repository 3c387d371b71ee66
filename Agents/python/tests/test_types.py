"""The package and its examples are typed, which whoever derives a strategy builds on."""

import os

import pytest
from conftest import REPOSITORY

mypy = pytest.importorskip("mypy.api")


def test_mypy_finds_nothing(monkeypatch):
    monkeypatch.chdir(REPOSITORY / "Agents/python")
    report, errors, status = mypy.run(["--cache-dir", os.devnull])
    assert status == 0, report + errors
