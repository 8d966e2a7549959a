"""The variants of an experiment from the command line, over those it has."""

from collections.abc import Sequence
from typing import NamedTuple

from orchestration.commands.console import UsageError
from orchestration.workspace.errors import closest_first, show
from orchestration.workspace.experiments import Variant


class GivenVariants(NamedTuple):
    """Options about variants; None or nothing where one was not given.

    Attributes:
        splits: As `NAME=SPLIT`; they replace all variants.
        control: Name of the variant the others are compared with.
        ad_sets: As `VARIANT=ID`; they replace all ad sets.
    """

    splits: Sequence[str] | None = None
    control: str | None = None
    ad_sets: Sequence[str] | None = None

    def over(self, before: Sequence[Variant]) -> list[dict[str, object]] | None:
        """Return the variants as they shall be written; None when no option is about them.

        Args:
            before: The variants there are. Those of the same name keep what is not given.

        Raises:
            UsageError: If an option cannot be read, or names no variant.
        """
        if not (self.splits or self.control is not None or self.ad_sets):
            return None
        known = {variant.name: variant for variant in before}
        splits = _splits(self.splits) if self.splits else _splits_of(before)
        names = [name for name, _ in splits]
        control = self._control(names, before)
        ad_sets = self._ad_sets(names, known)
        return [
            {"name": name, "split": split}
            | ({"is_control": True} if name == control else {})
            | ({"ad_sets": ad_sets[name]} if ad_sets.get(name) else {})
            for name, split in splits
        ]

    def _control(self, names: list[str], before: Sequence[Variant]) -> str | None:
        if self.control is not None:
            return _known("--control", self.control, names)
        return next((variant.name for variant in before if variant.is_control), None)

    def _ad_sets(self, names: list[str], known: dict[str, Variant]) -> dict[str, list[str]]:
        if not self.ad_sets:
            return {name: list(variant.ad_sets) for name, variant in known.items()}
        found: dict[str, list[str]] = {name: [] for name in names}
        for given in self.ad_sets:
            name, ad_set = _pair("--ad-set", given, "VARIANT=ID, such as control=120210000000001")
            found[_known("--ad-set", name, names)].append(ad_set)
        return found


def _splits(given: Sequence[str]) -> list[tuple[str, float]]:
    accepted = "NAME=SPLIT with its share of the units, such as control=0.5"
    pairs = [(one, *_pair("--variant", one, accepted)) for one in given]
    return [(name, _share(one, split, accepted)) for one, name, split in pairs]


def _splits_of(variants: Sequence[Variant]) -> list[tuple[str, float]]:
    return [(variant.name, variant.split) for variant in variants]


def _share(given: str, split: str, accepted: str) -> float:
    try:
        return float(split)
    except ValueError:
        raise UsageError(f"--variant: given {show(given)}; accepted is {accepted}") from None


def _pair(option: str, given: str, accepted: str) -> tuple[str, str]:
    name, _, value = given.rpartition("=")
    if not name.strip() or not value.strip():
        raise UsageError(f"{option}: given {show(given)}; accepted is {accepted}")
    return name.strip(), value.strip()


def _known(option: str, name: str, names: list[str]) -> str:
    if name.strip() in names:
        return name.strip()
    accepted = ", ".join(map(show, closest_first(name, names))) or "none yet: give --variant"
    raise UsageError(f"{option}: given {show(name)}; accepted are the variants: {accepted}")
