"""Where everything is in the text of a YAML file, so that edits touch nothing else.

A parser that writes a file anew changes quotes, blanks and line ends that a person chose. This
only says from which character to which a value reaches.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

Part = str | int
Place = tuple[Part, ...]


class UnusualTextError(Exception):
    """The text is written in a way that is not edited in place."""


@dataclass(frozen=True)
class Node:
    """A value in the text.

    Attributes:
        start: Its first character.
        end: The character after its last; comments and blanks behind it are not its own.
        kind: What it is; an alias such as `*arms` stands for a value elsewhere.
        text: What a scalar says, such as a key.
        is_flow: Whether it is written in brackets.
        items: The values of a list.
        entries: The keys and values of a mapping, in their order.
    """

    start: int
    end: int
    kind: Literal["scalar", "list", "mapping", "alias"]
    text: str = ""
    is_flow: bool = False
    items: tuple["Node", ...] = ()
    entries: tuple[tuple["Node", "Node"], ...] = ()

    def position(self, key: str) -> int | None:
        """The place of a key among the entries; None when it is not there."""
        keys = [name.text for name, _ in self.entries]
        return keys.index(key) if key in keys else None

    def at(self, place: Place) -> "Node":
        """The value at a place below, such as `("variants", 0)`.

        Raises:
            UnusualTextError: If it is not there, or only by an alias.
        """
        node = self
        for part in place:
            if isinstance(part, int):
                node = node.items[part]
            else:
                position = node.position(part)
                if position is None:
                    raise UnusualTextError(f"no key {part}")
                node = node.entries[position][1]
            if node.kind == "alias":
                raise UnusualTextError(f"{part} is an alias")
        return node


def read_nodes(text: str) -> Node | None:
    """Read where the values of a text are.

    Args:
        text: One YAML document that has been loaded before.

    Returns:
        Its topmost value; None when there are only comments.

    Example:
        >>> text = "a: [1, x]  # why"
        >>> node = read_nodes(text).at(("a", 1))
        >>> text[node.start : node.end]
        'x'
    """
    events: Iterator[Any] = iter(YAML(typ="safe", pure=True).parse(text))
    for event in events:
        if isinstance(event, StreamStartEvent | DocumentStartEvent):
            continue
        is_content = isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent)
        return _node(event, events, text) if is_content else None
    return None


def _node(event: Event, events: Iterator[Any], text: str) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, AliasEvent):
        return Node(start, end, "alias")
    if isinstance(event, ScalarEvent):
        # The end of a block of text is only found behind the blank lines that follow it.
        written = text[start:end].rstrip()
        return Node(start, start + len(written), "scalar", text=event.value)
    if isinstance(event, SequenceStartEvent):
        return _list(event, events, text)
    return _mapping(event, events, text)


def _list(event: Any, events: Iterator[Any], text: str) -> Node:  # noqa: ANN401 (untyped library)
    items = []
    while not isinstance(following := next(events), SequenceEndEvent):
        items.append(_node(following, events, text))
    is_flow = bool(event.flow_style)
    # Without brackets the parser ends a list where the next value begins, after comments.
    end = following.end_mark.index if is_flow else items[-1].end
    return Node(event.start_mark.index, end, "list", is_flow=is_flow, items=tuple(items))


def _mapping(event: Any, events: Iterator[Any], text: str) -> Node:  # noqa: ANN401
    entries = []
    while not isinstance(following := next(events), MappingEndEvent):
        key = _node(following, events, text)
        value = _node(next(events), events, text)
        if value.kind == "scalar" and value.start == value.end:
            # The parser sees a key without a value where the next one begins.
            colon = text.find(":", key.end) + 1
            value = Node(colon, colon, "scalar")
        entries.append((key, value))
    is_flow = bool(event.flow_style)
    end = following.end_mark.index if is_flow else entries[-1][1].end
    return Node(event.start_mark.index, end, "mapping", is_flow=is_flow, entries=tuple(entries))
