"""Tables and views of a run as pandas frames, with the unit of every column. Needs the extra `runs`."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from .errors import GridtideError, MissingExtraError

if TYPE_CHECKING:
    import pandas

__all__ = ["Run", "open"]


class Run:
    """A run's database, read-only; it may still be written. docs/database.md describes every table.

    >>> run = gridtide.runs.open("runs/two-region-1")
    >>> load = run.load_by_area                # a table or view as a frame
    >>> load.attrs["units"]["load_mw"]         # its units
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        folder = Path(path)
        file = folder / "run.sqlite" if folder.is_dir() else folder
        if not file.is_file():
            text = f"{path} holds no run: there is no file {file.name}. Name the folder of a run, such as runs/two-region-1"
            raise GridtideError("no-run", text)
        self.path = file
        """The database."""
        self._database = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        self.units: dict[str, dict[str, str]] = {}
        """Unit by table and column; columns without unit are left out."""
        self.descriptions: dict[str, dict[str, str]] = {}
        """What each column says, by table and column."""
        try:
            rows = self._database.execute("SELECT table_name, column_name, unit, description FROM column_info").fetchall()
        except sqlite3.DatabaseError as error:
            self._database.close()
            raise GridtideError("no-run", f"{file} is no database of a run: {error}") from error
        for table, column, unit, description in rows:
            self.descriptions.setdefault(table, {})[column] = description
            if unit is not None:
                self.units.setdefault(table, {})[column] = unit

    @property
    def tables(self) -> list[str]:
        """Names of all tables and views."""
        return list(self.descriptions)

    @property
    def baseline(self) -> Run:
        """The run with everything at home that was made beside this one."""
        return Run(self.path.parent / "baseline")

    def frame(self, table: str) -> pandas.DataFrame:
        """A table or view, with `utc` as times; `attrs` holds `units` and `descriptions` by column."""
        if table not in self.descriptions:
            raise GridtideError("no-table", f"a run has no table '{table}'. There are: {', '.join(self.tables)}")
        frame = self.query(f'SELECT * FROM "{table}"')
        frame.attrs["units"] = dict(self.units.get(table, {}))
        frame.attrs["descriptions"] = dict(self.descriptions[table])
        return frame

    def query(self, sql: str, parameters: tuple[Any, ...] = ()) -> pandas.DataFrame:
        """The result of a query. Units are known for the columns whose name means the same in every table."""
        try:
            import pandas
        except ImportError as error:
            raise MissingExtraError("runs", error) from error
        frame = pandas.read_sql(sql, self._database, params=parameters)
        if "utc" in frame:
            frame["utc"] = pandas.to_datetime(frame["utc"], utc=True)
        frame.attrs["units"] = {column: unit for column in frame if (unit := self._common_unit(str(column))) is not None}
        return frame

    def _common_unit(self, column: str) -> str | None:
        units = {self.units.get(table, {}).get(column) for table, known in self.descriptions.items() if column in known}
        return units.pop() if len(units) == 1 else None

    def __getattr__(self, name: str) -> pandas.DataFrame:
        if name.startswith("_") or name not in self.__dict__.get("descriptions", {}):
            raise AttributeError(f"a run has no table '{name}'; see its `tables`")
        return self.frame(name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables]

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes the database."""
        self._database.close()


def open(path: str | os.PathLike[str]) -> Run:
    """Opens a run by its folder or its database. Raises `GridtideError` when there is none."""
    return Run(path)
