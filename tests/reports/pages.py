"""What the pages of `reports/` are, and what they read: text only, no browser."""

import re
from pathlib import Path

from orchestration.reports.folders import PAGES, QUERIES

_PARTIAL = re.compile(r'\{@partial "(.+?)"\}')
_QUERY = re.compile(r"```sql (\w+)\n(.*?)```", re.DOTALL)
_SOURCE = re.compile(r"\badplan\.(\w+)\b")
_TABLE = re.compile(
    r"\b(conversions|attribution|campaigns|journeys|customers|experiments|forecasts|metrics|health)"
    r"\.(\w+)\b"
)
_TABLE_CONTEXT = re.compile(r"\b(?:from|join)\s+(\w+\.\w+)")


def page_files() -> list[Path]:
    """List the pages, those of one campaign or experiment included."""
    return sorted((PAGES / "pages").rglob("*.md"))


def page_name(file: Path) -> str:
    """Return the name of a page's exposure, such as `reports_campaigns_campaign`."""
    path = file.relative_to(PAGES / "pages").with_suffix("")
    parts = [part.strip("[]") for part in path.parts if part != "index"] or ["overview"]
    return "reports_" + "_".join(parts).replace("-", "_")


def address(file: Path, parameter: str = "") -> str:
    """Return where a page is, with a value for the part in brackets."""
    path = file.relative_to(PAGES / "pages").with_suffix("")
    parts = [parameter if part.startswith("[") else part for part in path.parts if part != "index"]
    return "/" + "".join(f"{part}/" for part in parts)


def text(file: Path) -> str:
    """Return a page with its partials put in."""
    return _PARTIAL.sub(lambda found: (PAGES / "partials" / found[1]).read_text(), file.read_text())


def sources_read(file: Path) -> set[str]:
    """Return the source queries that a page's SQL names."""
    return {source for _, query in _QUERY.findall(text(file)) for source in _SOURCE.findall(query)}


def tables_read(source: str) -> set[str]:
    """Return the published tables that a source query reads."""
    query = (QUERIES / f"{source}.sql").read_text()
    return {table for table in _TABLE_CONTEXT.findall(query) if _TABLE.fullmatch(table)}
