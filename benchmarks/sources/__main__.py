"""Measure every source: `python -m benchmarks.sources [--full]`."""

import pkgutil
import subprocess
import sys
from pathlib import Path

# Modules that help the others.
_HELPERS = {"__main__", "server"}


def main() -> None:
    """Run each module of this folder in a process of its own."""
    for module in sorted(
        found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)])
    ):
        if module not in _HELPERS:
            command = [sys.executable, "-m", f"benchmarks.sources.{module}", *sys.argv[1:]]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
