"""What is not installed is named with the extra that brings it."""

import sqlite3
import sys

import pytest

import gridtide


def test_a_run_without_pandas(tmp_path, monkeypatch):
    with sqlite3.connect(tmp_path / "run.sqlite") as database:
        database.execute("CREATE TABLE column_info (table_name, column_name, unit, description)")
    monkeypatch.setitem(sys.modules, "pandas", None)
    run = gridtide.runs.open(tmp_path)
    with pytest.raises(gridtide.GridtideError, match=r"no package pandas: pip install './Agents/python\[runs\]'"):
        run.query("SELECT 1")


def test_an_environment_without_gymnasium(monkeypatch):
    monkeypatch.setitem(sys.modules, "gymnasium", None)
    monkeypatch.delitem(sys.modules, "gridtide.gym", raising=False)
    with pytest.raises(ImportError, match=r"no package gymnasium: pip install './Agents/python\[gym\]'"):
        import gridtide.gym  # noqa: F401
