"""Channel paths, aggregated: how often each was walked, and how often it led to a conversion."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Paths:
    """Distinct paths of channels, stored end to end.

    Attributes:
        channels: Names of the channels; no two alike but for case and spaces.
        steps: Index into `channels` of every touch of every path, path after path.
        starts: Where each path starts in `steps`, and last the length of `steps`; every path
            has at least one touch.
        conversions: How often each path led to a conversion.
        non_conversions: How often each path led to none.
    """

    channels: tuple[str, ...]
    steps: Integers
    starts: Integers
    conversions: Floats
    non_conversions: Floats

    @classmethod
    def of(
        cls,
        sequences: Sequence[Sequence[str]],
        conversions: Sequence[float],
        non_conversions: Sequence[float] | None = None,
        *,
        channels: Sequence[str] = (),
    ) -> "Paths":
        """Build paths from lists of channel names.

        Args:
            sequences: Channel names of each path, first touch first.
            conversions: How often each led to a conversion.
            non_conversions: How often each led to none; never when not given.
            channels: Names to know of even if no path has them.

        Raises:
            ValueError: If a path is empty, a count is not 0 or more, or lengths differ.
        """
        lengths = [len(sequence) for sequence in sequences]
        touches = [name for sequence in sequences for name in sequence]
        names, codes = folded_codes([*channels, *touches])
        return cls.from_arrays(
            names,
            codes[len(channels) :],
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            np.asarray(conversions, dtype=np.float64),
            np.zeros(len(lengths))
            if non_conversions is None
            else np.asarray(non_conversions, dtype=np.float64),
        )

    @classmethod
    def from_arrays(
        cls,
        channels: Sequence[str],
        steps: Integers,
        starts: Integers,
        conversions: Floats,
        non_conversions: Floats,
    ) -> "Paths":
        """Build paths from arrays laid out as the attributes are, and check them.

        Names that are alike but for case and spaces become one channel.

        Raises:
            ValueError: If a path is empty, a count is not 0 or more, or lengths differ.
        """
        if not (len(starts) - 1 == len(conversions) == len(non_conversions)):
            raise ValueError(
                f"{len(starts) - 1} paths, {len(conversions)} conversions and "
                f"{len(non_conversions)} non-conversions: all have to be as many"
            )
        if starts[0] != 0 or starts[-1] != len(steps):
            raise ValueError(
                f"paths are from step {starts[0]} to {starts[-1]}: they have to be from 0 "
                f"to {len(steps)}, the number of steps"
            )
        _refuse(np.diff(starts) < 1, "has no touch; conversions without one are not for a model")
        for name, counts in (("conversions", conversions), ("non-conversions", non_conversions)):
            _refuse(~(np.isfinite(counts) & (counts >= 0)), f"needs 0 or more {name}")
        names, codes = folded_codes(channels)
        return cls(names, codes[steps], starts, conversions, non_conversions)

    @property
    def path_of_step(self) -> Integers:
        """Index of the path each step belongs to."""
        return np.repeat(np.arange(len(self.conversions)), np.diff(self.starts))

    def without_repeats(self) -> "Paths":
        """Return the paths with each run of one channel reduced to a single touch."""
        path = self.path_of_step
        is_kept = np.ones(len(self.steps), dtype=bool)
        is_kept[1:] = (self.steps[1:] != self.steps[:-1]) | (path[1:] != path[:-1])
        lengths = np.bincount(path[is_kept], minlength=len(self.conversions))
        return Paths(
            self.channels,
            self.steps[is_kept],
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            self.conversions,
            self.non_conversions,
        )


def _refuse(is_wrong: npt.NDArray[np.bool_], what: str) -> None:
    """Raise for the first path that is wrong, with its place among the paths."""
    if is_wrong.any():
        raise ValueError(f"path {int(np.argmax(is_wrong))} (from 0) {what}")


def folded_codes(names: Sequence[str]) -> tuple[tuple[str, ...], Integers]:
    """Number names, giving the same number to those alike but for case and spaces.

    Returns:
        The distinct names as first written, less surplus spaces, and the number of every name.

    Example:
        >>> folded_codes(["Paid Search", "email", "paid  search "])[1].tolist()
        [0, 1, 0]
    """
    known: dict[str, int] = {}
    written: list[str] = []
    # The same few names come by the million; each is folded once.
    code_of: dict[str, int] = {}
    for name in dict.fromkeys(names):
        tidy = " ".join(name.split())
        code = known.setdefault(tidy.casefold(), len(known))
        if code == len(written):
            written.append(tidy)
        code_of[name] = code
    return tuple(written), np.fromiter((code_of[name] for name in names), np.int64, len(names))
