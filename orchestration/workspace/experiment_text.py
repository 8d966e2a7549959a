"""Edits the text of experiments.yaml: one value, one key or one item; all else stays as it is.

Whether an edit came out as meant is not decided here: `experiment_edits` reads the result back.
"""

import re
from collections.abc import Mapping

from orchestration.workspace.experiment_nodes import Node, Part, Place, UnusualTextError, read_nodes
from orchestration.workspace.experiment_values import yaml_text

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANKS_AND_COMMENTS = re.compile(r"(?:\s|#[^\r\n]*)*")
_BLANK_OR_COMMENT = re.compile(r"[^\S\r\n]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_COMMENT_LINE = re.compile(r"([^\S\r\n]*)#[^\r\n]*(?:\r\n|\r|\n|\Z)")
_COMMA = re.compile(r"[^\S\r\n]*,[^\S\r\n]*")


def with_value(text: str, place: Place, value: object) -> str:
    r"""Set a key of a mapping; one that is not there yet comes after the others.

    Args:
        text: The file.
        place: Where, such as `("experiments", 0, "status")`.
        value: The new value.

    Raises:
        UnusualTextError: If the mapping is an alias of another.

    Example:
        >>> with_value("a:\n  b: 1 # why\n", ("a", "b"), 2)
        'a:\n  b: 2 # why\n'
        >>> with_value("a: {b: 1}\n", ("a", "c"), "x")
        'a: {b: 1, c: x}\n'
    """
    mapping, key = _mapping_and_key(text, place)
    position = mapping.position(key)
    written = yaml_text(value)
    if position is not None:
        name, old = mapping.entries[position]
        return _with_replaced(text, name, old, written)
    _, last = mapping.entries[-1]
    if mapping.is_flow:
        return _spliced(text, last.end, last.end, f"{_gap(text, last.end)}, {key}: {written}")
    first, _ = mapping.entries[0]
    indent = " " * _column(text, first.start)
    return _with_lines(text, _next_line(text, last.end), [f"{indent}{key}: {written}"])


def without_key(text: str, place: Place) -> str:
    r"""Remove a key of a mapping; nothing happens when it is not there.

    Raises:
        UnusualTextError: If the mapping is an alias of another, or has no other key.

    Example:
        >>> without_key("a:\n  b: 1 # why\n  c: 2\n", ("a", "b"))
        'a:\n  c: 2\n'
    """
    mapping, key = _mapping_and_key(text, place)
    position = mapping.position(key)
    if position is None:
        return text
    if len(mapping.entries) == 1:
        raise UnusualTextError(f"{key} is the only key")
    spans = [(name.start, value.end) for name, value in mapping.entries]
    if mapping.is_flow:
        return _without_in_brackets(text, spans, position)
    start, end = spans[position]
    if text[_line(text, start) : start].strip():
        # On the line of its dash, which the next key takes over.
        return _spliced(text, start, spans[position + 1][0], "")
    return _spliced(text, _line(text, start), _next_line(text, end), "")


def with_item(text: str, key: str, item: Mapping[str, object]) -> str:
    r"""Append an item to the list under the file's one key, which is added when missing.

    Example:
        >>> with_item("a:\n- {b: 1}\n# end", "a", {"b": 2, "c": "x"})
        'a:\n- {b: 1}\n# end\n- b: 2\n  c: x\n'
    """
    root = read_nodes(text)
    position = root.position(key) if root is not None else None
    if root is None or position is None:
        return _with_lines(text, len(text), [f"{key}:", *_item_lines(item, 2)])
    node = root.entries[position][1]
    if node.kind == "list" and node.is_flow:
        return _with_item_in_brackets(text, node, yaml_text(item))
    if node.kind == "list":
        lines = _item_lines(item, _column(text, node.start))
        return _with_lines(text, len(text), lines)
    # A list of nothing may be written as null.
    text = _spliced(text, root.entries[position][0].end + 1, node.end, "") if node.text else text
    return _with_lines(text, len(text), _item_lines(item, 2))


def without_item(text: str, place: Place) -> str:
    r"""Remove an item of a list, with the comments inside of it; those above it stay.

    Example:
        >>> without_item("a:\n- b: 1\n  # of b\n# of c\n- c: 2\n", ("a", 0))
        'a:\n# of c\n- c: 2\n'
    """
    root = _root(text)
    items, index = root.at(place[:-1]), int(place[-1])
    spans = [(item.start, item.end) for item in items.items]
    if items.is_flow:
        return _without_in_brackets(text, spans, index)
    before = spans[index - 1][1] if index else items.start
    skipped = _BLANKS_AND_COMMENTS.match(text, before)
    dash = before if skipped is None else skipped.end()
    if text[dash : dash + 1] != "-":
        raise UnusualTextError("no dash")
    end = _next_line(text, spans[index][1])
    while comment := _COMMENT_LINE.match(text, end):
        if len(comment.group(1)) <= _column(text, dash):
            break
        end = comment.end()
    return _spliced(text, _line(text, dash), end, "")


def _root(text: str) -> Node:
    root = read_nodes(text)
    if root is None:
        raise UnusualTextError("nothing but comments")
    return root


def _mapping_and_key(text: str, place: Place) -> tuple[Node, str]:
    key: Part = place[-1]
    mapping = _root(text).at(place[:-1])
    if mapping.kind != "mapping" or not mapping.entries:
        raise UnusualTextError(f"no keys beside {key}")
    return mapping, str(key)


def _with_replaced(text: str, key: Node, old: Node, written: str) -> str:
    """The text with another value of a key, in the quotes of the one it had."""
    if old.start == old.end:
        return _spliced(text, old.start, old.end, f" {written}")
    is_block = old.kind in ("list", "mapping") and not old.is_flow
    if is_block and _line(text, old.start) > key.end:
        # What is beside the key stays beside it.
        text = _spliced(text, _line(text, old.start), _next_line(text, old.end), "")
        colon = text.index(":", key.end) + 1
        return _spliced(text, colon, colon, f" {written}")
    quote = text[old.start]
    if quote in "'\"" and not re.search(r"[\[{'\"\\]", written):
        written = f"{quote}{written}{quote}"
    return _spliced(text, old.start, old.end, written)


def _with_item_in_brackets(text: str, node: Node, written: str) -> str:
    if not node.items:
        return _spliced(text, node.end - 1, node.end - 1, written)
    last = node.items[-1]
    comma = _COMMA.match(text, last.end)
    end = comma.end() if comma else last.end
    rest = _BLANK_OR_COMMENT.match(text, end)
    if rest is None:
        return _spliced(text, last.end, last.end, f", {written}")
    # Each item has its line, perhaps with a comment, which stays beside the one it is about.
    first = node.items[0]
    indent = text[_line(text, first.start) : first.start]
    indent = indent if not indent.strip() else "  "
    text = _with_lines(text, rest.end(), [indent + written])
    return text if comma else _spliced(text, last.end, last.end, ",")


def _without_in_brackets(text: str, spans: list[tuple[int, int]], index: int) -> str:
    """The text without one of the values between brackets, and without its comma."""
    start, end = spans[index]
    comma = _COMMA.match(text, end)
    if comma:
        end = comma.end()
        line, rest = _line(text, start), _BLANK_OR_COMMENT.match(text, end)
        if rest and not text[line:start].strip():
            return _spliced(text, line, rest.end(), "")
        return _spliced(text, start, end, "")
    if index == 0:
        return _spliced(text, start, end, "")
    before = spans[index - 1][1]
    between = text[before:start]
    # A comment between them is about the value before, and what closes stays out of it.
    kept = between.replace(",", "", 1) if "#" in between else ""
    kept = kept.rstrip() if _BLANK_OR_COMMENT.match(text, end) else kept
    return _spliced(text, before, end, _gap(text, before) + kept)


def _gap(text: str, position: int) -> str:
    """A blank behind the colon of a key without a value: `a:,` and `a:}` are read as text."""
    return " " if text[position - 1] == ":" else ""


def _item_lines(item: Mapping[str, object], column: int) -> list[str]:
    lines = [f"{key}: {yaml_text(value)}" for key, value in item.items()]
    indents = ["- "] + ["  "] * (len(lines) - 1)
    return [" " * column + indent + line for indent, line in zip(indents, lines, strict=True)]


def _with_lines(text: str, position: int, lines: list[str]) -> str:
    """The text with lines at a position that begins a line, or that ends the text."""
    found = _LINE_END.search(text)
    end = found.group() if found else "\n"
    is_ended = position == 0 or text[position - 1] in "\r\n"
    written = ("" if is_ended else end) + "".join(line + end for line in lines)
    return _spliced(text, position, position, written)


def _spliced(text: str, start: int, end: int, written: str) -> str:
    return text[:start] + written + text[end:]


def _line(text: str, position: int) -> int:
    """Where the line of a position begins."""
    return max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1


def _next_line(text: str, position: int) -> int:
    """Where the line after a position begins; the end of the text when there is none."""
    found = _LINE_END.search(text, position)
    return found.end() if found else len(text)


def _column(text: str, position: int) -> int:
    return position - _line(text, position)
