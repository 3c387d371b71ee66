"""What can go wrong, in words for the person who runs the experiment."""

from __future__ import annotations


class GridtideError(Exception):
    """Any failure this package reports: a code for programs and a text for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class ParameterError(GridtideError):
    """A setting of the scenario that a strategy refuses: where, what is wrong, and what to do."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        super().__init__("refused-setting", f"its settings are refused: {path}: {problem}. {remedy}")
        self.path = path
        self.problem = problem
        self.remedy = remedy


class LinkError(GridtideError):
    """The coordinator cannot be reached, refuses the agent, or breaks the protocol.

    Codes: no-coordinator, coordinator-lost, refused, protocol-broken, transport, wrong-key.
    """


class AnswerError(GridtideError):
    """A strategy answered with something that is no answer of its role."""

    def __init__(self, text: str) -> None:
        super().__init__("wrong-answer", text)


class MissingExtraError(GridtideError, ImportError):
    """A package that an extra brings is not installed."""

    def __init__(self, extra: str, error: ImportError) -> None:
        super().__init__(
            "missing-extra",
            f"there is no package {error.name}: pip install './Agents/python[{extra}]' in the repository brings it")
