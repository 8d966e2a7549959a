"""Run every benchmark of this folder: `python -m benchmarks [--full] [NAME ...]`.

A benchmark is a folder with a `__main__.py`. Without `--full` each runs at a size that takes
a minute or two; its table says how many rows that is.
"""

import argparse
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent

# What a benchmark is told at either size, where that is not nothing and `--full`.
_ARGUMENTS: dict[str, tuple[list[str], list[str]]] = {
    "ingestion": (["--rows", "500000"], []),
}


def main() -> int:
    """Run the benchmarks asked for, one after the other, and return the first error's code."""
    known = sorted(path.parent.name for path in _HERE.glob("*/__main__.py"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}")
    parser.add_argument("--full", action="store_true", help="at the sizes the README quotes")
    parser.add_argument("--list", action="store_true", help="say which there are, run none")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(known):
        parser.error(f"no benchmark called {', '.join(sorted(unknown))}; there are {known}")
    if arguments.list:
        print("\n".join(known))
        return 0
    codes = [_run(name, full=arguments.full) for name in arguments.names or known]
    return next((code for code in codes if code), 0)


def _run(name: str, *, full: bool) -> int:
    small_arguments, full_arguments = _ARGUMENTS.get(name, ([], ["--full"]))
    print(f"\n== {name}", flush=True)
    command = [
        sys.executable, "-m", f"benchmarks.{name}", *(full_arguments if full else small_arguments),
    ]  # fmt: skip
    return subprocess.run(command, check=False, cwd=_HERE.parent).returncode


if __name__ == "__main__":
    sys.exit(main())
