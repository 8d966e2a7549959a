"""Run every benchmark of this folder: `python -m benchmarks.sources [--full] [NAME ...]`."""

import importlib
import sys
from pathlib import Path

_HERE = Path(__file__).parent


def main() -> None:
    """Run the `main` of each module, or of those named, with the arguments that are left."""
    modules = sorted(path.stem for path in _HERE.glob("*.py") if not path.stem.startswith("_"))
    named = [name for name in sys.argv[1:] if name in modules]
    sys.argv[1:] = [argument for argument in sys.argv[1:] if argument not in modules]
    for name in named or modules:
        module = importlib.import_module(f"benchmarks.sources.{name}")
        if hasattr(module, "main"):
            module.main()


if __name__ == "__main__":
    main()
