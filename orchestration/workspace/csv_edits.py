"""Edits the text of a table such as campaign_overrides.csv; all else stays byte for byte.

The text has been read by `csv_items` before, so what it refuses is not met here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

# Only these end a line, as when a file is read with newline="".
_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"(?:(?<=[\r\n])|\A)[^\S\r\n]*#[^\r\n]*")
_CELL = re.compile(r'"(?:[^"]|"")*"|[^,\r\n]*')


class _Cell(NamedTuple):
    """Where a cell is in the text, and what it holds."""

    start: int
    end: int
    is_quoted: bool
    value: str


def with_cells(text: str, row: int, values: Mapping[str, str]) -> str:
    r"""Replace cells of one row, keeping the quotes and the spaces around what they held.

    Args:
        text: The table.
        row: Its row, counted from 0 below the header; comments and blank lines are none.
        values: The new values by column.

    Returns:
        The table with these cells changed.

    Example:
        >>> with_cells("a,b\n# mine\n x , y\n", 0, {"b": "1,2"})
        'a,b\n# mine\n x ," 1,2"\n'
    """
    header, *body = _rows(text)
    named = zip(_names(header), body[row], strict=True)
    changed = [(cell, values[name]) for name, cell in named if name in values]
    for cell, value in reversed(changed):
        text = text[: cell.start] + _replaced(cell, value) + text[cell.end :]
    return text


def with_row(text: str, columns: Sequence[str], values: Mapping[str, str]) -> str:
    r"""Append a row, in the order of the header's columns and with the file's line ends.

    Args:
        text: The table; it may be empty or hold comments only.
        columns: The header it gets when it has none.
        values: The row by column; other columns are left empty.

    Returns:
        The table with the row as its last line.

    Example:
        >>> with_row("b,a", ["a", "b"], {"a": "#1"})
        'b,a\n,"#1"\n'
    """
    names = header_of(text)
    row = ",".join(_written(values.get(name, "")) for name in names or columns)
    first_end = _LINE_END.search(text)
    end = first_end.group() if first_end else "\n"
    is_ended = not text or text[-1] in "\r\n"
    lines = [row] if names else [",".join(columns), row]
    return text + ("" if is_ended else end) + "".join(line + end for line in lines)


def header_of(text: str) -> list[str]:
    """Return the names of the columns; none when the table is empty or holds comments only."""
    return _names(next(_rows(text), []))


def _rows(text: str) -> Iterator[list[_Cell]]:
    """The header and the rows: every line, or lines, with a cell that says something."""
    # A comment may hold quotes and commas; blanks of its length keep all positions.
    bare = _COMMENT.sub(lambda comment: " " * len(comment.group()), text)
    position = 0
    while position < len(bare):
        cells = [_cell(bare, position)]
        while bare[cells[-1].end : cells[-1].end + 1] == ",":
            cells.append(_cell(bare, cells[-1].end + 1))
        if any(cell.value.strip() for cell in cells):
            yield cells
        end = _LINE_END.match(bare, cells[-1].end)
        position = end.end() if end else len(bare)


def _cell(text: str, position: int) -> _Cell:
    found = _CELL.match(text, position)
    written = found.group() if found else ""
    is_quoted = written.startswith('"')
    value = written[1:-1].replace('""', '"') if is_quoted else written
    return _Cell(position, position + len(written), is_quoted, value)


def _names(header: list[_Cell]) -> list[str]:
    return [cell.value.strip().lower() for cell in header]


def _replaced(cell: _Cell, value: str) -> str:
    """The new value between the spaces of the old one, which readers trim."""
    old = cell.value
    before = old[: len(old) - len(old.lstrip())]
    after = old[len(old.rstrip()) :] if old.strip() else ""
    return _written(before + value + after, is_quoted=cell.is_quoted)


def _written(value: str, *, is_quoted: bool = False) -> str:
    """A value as a cell, in quotes where it would be taken for several cells or a comment."""
    if is_quoted or re.search(r'[,"\r\n]|\A\s*#', value):
        return '"' + value.replace('"', '""') + '"'
    return value
