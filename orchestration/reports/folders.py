"""Where the site's pages, its npm packages and its builds are."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from orchestration.commands.console import UsageError

REPOSITORY = Path(__file__).parents[2]
PAGES = REPOSITORY / "reports"
# The schema under which pages know the tables, and the query of each.
SCHEMA = "adplan"
QUERIES = PAGES / "sources" / SCHEMA

# What npm installs is decided by these; another digest of them is another folder of packages.
_PACKAGE_FILES = ("package.json", "package-lock.json", ".npmrc")
_PATCHES = "patches"


@dataclass(frozen=True)
class Project:
    """A copy of `reports/` with its npm packages, in which sites are built.

    Attributes:
        root: Its folder, beside `reports/` and not part of the repository.
    """

    root: Path

    @classmethod
    def locate(cls, pages: Path = PAGES) -> "Project":
        """Name the folder for the packages that `reports/` asks for at present.

        Raises:
            UsageError: If adplan was installed without its `reports/`.
        """
        if not (pages / "package.json").is_file():
            raise UsageError(
                f"{pages} is missing: the site is built from a checkout of adplan, "
                "installed with `make install`"
            )
        return cls(pages.parent / ".reports" / _digest(pages))

    @property
    def lock_file(self) -> Path:
        """Held by the one build that uses the folder."""
        return self.root / ".lock"

    @property
    def installed_mark(self) -> Path:
        """Written when npm is done, so that an install that died is begun anew."""
        return self.root / ".installed"

    @property
    def evidence(self) -> Path:
        """Folder Evidence generates in; every build starts it anew."""
        return self.root / ".evidence"

    @property
    def data(self) -> Path:
        """Folder of the Parquet files that pages query."""
        return self.evidence / "template" / "static" / "data"

    @property
    def built_site(self) -> Path:
        """Where Evidence leaves the finished site."""
        return self.root / "build"


def package_files(pages: Path = PAGES) -> list[Path]:
    """List the files that decide which packages are installed, and how they are patched."""
    named = [pages / name for name in _PACKAGE_FILES]
    return [*(file for file in named if file.exists()), *sorted((pages / _PATCHES).glob("*"))]


def _digest(pages: Path) -> str:
    digest = hashlib.sha256()
    for file in package_files(pages):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
