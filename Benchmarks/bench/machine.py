"""The machine, and the versions of what is measured."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path
from typing import Any


def facts() -> dict[str, Any]:
    """Processor, cores, memory, kernel and system."""
    return {
        "processor": _match(r"model name\s*:\s*(.*)", _read("/proc/cpuinfo")),
        "cores": os.cpu_count(),
        "memoryGB": round(int(_match(r"MemTotal:\s*(\d+)", _read("/proc/meminfo")) or 0) / 1e6, 1),
        "kernel": platform.release(),
        "system": _match(r'PRETTY_NAME="(.*)"', _read("/etc/os-release")),
    }


def versions(root: Path) -> dict[str, str | None]:
    """Gridtide's commit, and the versions of Swift and libzmq; None for what is not there."""
    return {
        "gridtide": _commit(root),
        "swift": _match(r"Swift version (\S+)", _output(["swift", "--version"])),
        "libzmq": _libzmq(),
    }


def peers(venv: Path) -> dict[str, str | None]:
    """Versions of the peers; None for what is not there."""
    return {name: _installed(venv, name) for name in ("helics", "mosaik")}


def _commit(root: Path) -> str:
    # Figures that were published before, of the same commit, are no change of it.
    git, code = ["git", "-C", str(root)], [":/", ":(exclude,top)docs/performance.*"]
    name = _output([*git, "describe", "--always"])
    return f"{name}-dirty" if name and _output([*git, "status", "--porcelain", "--untracked-files=no", *code]) else name


def _libzmq() -> str | None:
    text = _read("/usr/include/zmq.h")
    parts = [_match(rf"#define ZMQ_VERSION_{part} (\d+)", text) for part in ("MAJOR", "MINOR", "PATCH")]
    return ".".join(part for part in parts if part) or None


def _installed(venv: Path, package: str) -> str | None:
    found = sorted(venv.glob(f"lib/python3*/site-packages/{package}-*.dist-info"))
    return _match(rf"{package}-(.*)\.dist-info", found[0].name) if found else None


def _output(words: list[str]) -> str:
    try:
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def _match(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text)
    return found[1].strip() if found else None
