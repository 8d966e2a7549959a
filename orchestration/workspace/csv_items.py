"""Reads a definitions file that is a table, such as channels.csv."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from orchestration.workspace.errors import DefinitionsError, Problem, did_you_mean, show
from orchestration.workspace.validation import WorkspaceModel, problems_of

Row = TypeVar("Row", bound=WorkspaceModel)


def load_rows(path: Path, model: type[Row]) -> tuple[tuple[int, Row], ...]:
    """Read and validate a table whose columns are the fields of `model`.

    Lines that begin with `#` and blank lines are skipped; cells are trimmed, and an empty
    cell takes the field's default. Optional columns may be left out.

    Args:
        path: The file; it may be missing.
        model: What each row is.

    Returns:
        The line number and the row, in the file's order; nothing when the file is missing.

    Raises:
        DefinitionsError: If the file cannot be read, or a column or a row is wrong.
    """
    if not path.exists():
        return ()
    try:
        lines = _read(path)
    except (csv.Error, ValueError, OSError) as failure:
        what = f"cannot be read ({failure})"
        accepted = "a table with commas between its columns, UTF-8"
        raise DefinitionsError([Problem(path, what=what, accepted=accepted)]) from failure
    if not lines:
        return ()
    (header_line, header), *body = lines
    names = _columns(path, model, header_line, header)
    rows: list[tuple[int, Row]] = []
    problems: list[Problem] = []
    for line, cells in body:
        try:
            rows.append((line, _row(path, model, line, names, cells)))
        except DefinitionsError as error:
            problems += error.problems
    if problems:
        raise DefinitionsError(problems)
    return tuple(rows)


def _read(path: Path) -> list[tuple[int, list[str]]]:
    """Every line that says something, with its number and its trimmed cells."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(_without_comments(file), strict=True)
        return [
            (reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(cells)
        ]


def _without_comments(lines: Iterator[str]) -> Iterator[str]:
    """Blank out comments, so that a quote in one starts no cell and lines keep their numbers."""
    for line in lines:
        yield "\n" if line.lstrip().startswith("#") else line


def _columns(path: Path, model: type[WorkspaceModel], line: int, header: list[str]) -> list[str]:
    """The names in the header, each of them known and there once."""
    accepted = "the columns " + ",".join(model.model_fields)
    known = model.model_fields
    names = [name.lower() for name in header]
    required = [name for name, field in known.items() if field.is_required()]
    problems = [
        _unknown(path, model, line, name) for name in names if name not in model.model_fields
    ]
    problems += [
        Problem(path, line=line, what=f"column {name} is there twice", accepted=accepted)
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    problems += [
        Problem(path, line=line, what=f"column {name} is missing", accepted=accepted)
        for name in required
        if name not in names
    ]
    if problems:
        raise DefinitionsError(problems)
    return names


def _unknown(path: Path, model: type[WorkspaceModel], line: int, name: str) -> Problem:
    known = list(model.model_fields)
    hint = did_you_mean(name, known)
    what = f"unknown column, {hint}" if hint else "unknown column"
    accepted = "the columns " + ",".join(known) + ", with commas between them"
    return Problem(path, line=line, what=what, given=show(name), accepted=accepted)


def _row(path: Path, model: type[Row], line: int, names: list[str], cells: list[str]) -> Row:
    """One validated row."""
    if len(cells) != len(names):
        what = f"{len(cells)} cells under {len(names)} columns"
        accepted = "one cell per column (" + ",".join(names) + "); put text with commas in quotes"
        raise DefinitionsError([Problem(path, line=line, what=what, accepted=accepted)])
    given = {name: cell for name, cell in zip(names, cells, strict=True) if cell}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        found = problems_of(error, model, path, item=f"line {line}")
        raise DefinitionsError(found) from error
