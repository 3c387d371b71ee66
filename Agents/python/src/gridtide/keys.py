"""The key of an agent in one run, as `gridtide run` writes it for runs over tcp. docs/protocol.md has the format."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from .errors import LinkError


@dataclass(frozen=True)
class Key:
    """An agent's key pair and the public key of its coordinator, in Z85. The secret is not part of its repr."""

    public: bytes
    secret: bytes = field(repr=False)
    coordinator: bytes

    @staticmethod
    def read(path: str | os.PathLike[str]) -> Key:
        """The key in a file that nobody else can open. Raises `LinkError`."""
        try:
            with open(path, "rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                text = file.read(1 << 20).decode()
        except (OSError, UnicodeDecodeError) as error:
            raise LinkError("wrong-key", f"the key file cannot be read: {error}") from error
        if stat.S_IMODE(mode) & 0o077:
            raise LinkError("wrong-key", f"{Path(path)}: the key file is open to other users; run chmod 600 {path}")
        lines = [line.partition(" ") for line in text.splitlines() if not line.startswith("#")]
        values = {word: value.encode() for word, _, value in lines}
        found = [values.get(word, b"") for word in ("public-key", "secret-key", "coordinator-key")]
        if any(len(value) != 40 for value in found):
            raise LinkError("wrong-key", f"{Path(path)} is not a key file; take it as gridtide wrote it")
        return Key(*found)
