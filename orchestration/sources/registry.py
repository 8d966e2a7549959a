"""Which connectors there are, and which of them a workspace has set up."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from orchestration.sources.connector import Connector
from orchestration.workspace.settings import Settings


class Kind(NamedTuple):
    """A kind of connector.

    Attributes:
        tables: Raw tables that it may lay files for.
        description: What it fetches, in a sentence.
        of: The connector of a workspace's settings, or None where they name none of the kind.
    """

    tables: tuple[str, ...]
    description: str
    of: Callable[[Settings], Connector | None]


# By name, as in `sources:` of adplan.yaml. Modules of connectors import what they need when asked.
KINDS: Mapping[str, Kind] = {}


def connectors(settings: Settings) -> list[Connector]:
    """The connectors that a workspace has set up."""
    made = (kind.of(settings) for kind in KINDS.values())
    return [connector for connector in made if connector is not None]
