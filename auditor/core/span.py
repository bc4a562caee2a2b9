"""Places in files, and the maps that lead from derived text back to them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of one file: code points of the decoded file, half-open.

    The byte-order mark is not counted and line ends are left as they are in the
    file. An empty span (`start == end`) is a point, such as the place where
    something is missing.
    """

    document: str
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """True when both are in one document and share at least one character."""
        return self.document == other.document and self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """True when every character of `other` is in this span."""
        return (
            self.document == other.document and self.start <= other.start and other.end <= self.end
        )

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of derived text `[start, end)` that came from `[origin, origin_end)`.

    Runs of equal length map character by character; others, and those that are `whole`,
    map as a whole. Two letters of "ffi" cut from a two-character origin are of equal
    length by accident: a part of a whole run stays whole.
    """

    start: int
    end: int
    origin: int
    origin_end: int
    whole: bool = False

    @property
    def linear(self) -> bool:
        """True when each character of the run came from one character."""
        return not self.whole and self.end - self.start == self.origin_end - self.origin


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Maps ranges of a derived text to the ranges of the text it was made from.

    The runs lie end to end over the derived text. Characters of the origin that
    no run names were deleted. A range inside a run that does not map character
    by character widens to the whole run: half a ligature does not exist.
    """

    runs: tuple[Run, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        position = 0
        for run in self.runs:
            if run.start != position or run.end <= run.start or run.origin_end < run.origin:
                raise ValueError(f"runs must lie end to end: {run} at {position}")
            position = run.end
        object.__setattr__(self, "_starts", tuple(run.start for run in self.runs))

    @classmethod
    def identity(cls, length: int, at: int = 0) -> OffsetMap:
        """The map of a text of `length` characters copied from position `at`."""
        return cls((Run(0, length, at, at + length),) if length else ())

    def __len__(self) -> int:
        """The length of the derived text, in code points."""
        return self.runs[-1].end if self.runs else 0

    def to_origin(self, start: int, end: int) -> tuple[int, int]:
        """The range of the origin that `[start, end)` of the derived text came from.

        Args:
            start: first code point, `0 <= start <= end`.
            end: one past the last code point, at most the length of the text.

        Returns:
            The smallest range of whole runs or linear characters that holds it. An
            empty range gives a point, right behind the character before it.

        Raises:
            IndexError: the range is not inside the derived text.
        """
        if not 0 <= start <= end <= len(self):
            raise IndexError(f"[{start}, {end}) is outside a text of {len(self)} characters")
        if start == end:
            point = self._point(start)
            return point, point
        first = self.runs[bisect_right(self._starts, start) - 1]
        last = self.runs[bisect_right(self._starts, end - 1) - 1]
        left = first.origin + (start - first.start if first.linear else 0)
        right = last.origin + (end - last.start) if last.linear else last.origin_end
        return left, max(left, right)

    def _point(self, at: int) -> int:
        if not self.runs:
            return 0
        if at == 0:
            return self.runs[0].origin
        run = self.runs[bisect_right(self._starts, at - 1) - 1]
        return run.origin + (at - run.start) if run.linear else run.origin_end

    def _divides(self, at: int) -> bool:
        """True when a point lies inside a run that maps as a whole."""
        under = self.runs[bisect_right(self._starts, at) - 1] if 0 < at < len(self) else None
        return under is not None and not under.linear and under.start < at

    def over(self, base: OffsetMap) -> OffsetMap:
        """This map continued through `base`, which maps this map's origin further back."""
        builder: list[Run] = []
        for run in self.runs:
            if not run.linear:
                # What was inserted inside a ligature belongs to it: a point behind it would
                # stand after the ligature's second half.
                inside = run.origin == run.origin_end and base._divides(run.origin)
                there = base.to_origin(run.origin - inside, run.origin_end + inside)
                builder.append(Run(run.start, run.end, *there, whole=True))
                continue
            position = run.origin
            while position < run.origin_end:
                under = base.runs[bisect_right(base._starts, position) - 1]
                stop = min(under.end, run.origin_end)
                builder.append(
                    Run(
                        run.start + position - run.origin,
                        run.start + stop - run.origin,
                        *base.to_origin(position, stop),
                        whole=not under.linear,
                    )
                )
                position = stop
        return OffsetMap(tuple(_merged(builder)))

    def slice(self, start: int, end: int) -> OffsetMap:
        """The map of the substring `[start, end)` of the derived text."""
        if start == end:
            return OffsetMap(())
        cut: list[Run] = []
        first, stop = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)
        for run in self.runs[first:stop]:
            left, right = max(run.start, start), min(run.end, end)
            there = self.to_origin(left, right)
            cut.append(Run(left - start, right - start, *there, whole=not run.linear))
        return OffsetMap(tuple(cut))


def _merged(runs: Iterable[Run]) -> Iterable[Run]:
    """Joins neighbours that are one linear run, so that maps stay short when composed."""
    held: Run | None = None
    for run in runs:
        if held and held.linear and run.linear and held.origin_end == run.origin:
            held = Run(held.start, run.end, held.origin, run.origin_end)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


class TextBuilder:
    """Builds a derived text piece by piece, together with its map to the origin."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def copy(self, text: str, at: int) -> None:
        """Appends `text`, which stands letter for letter at position `at` of the origin."""
        self.replace(text, at, at + len(text))

    def replace(self, text: str, start: int, end: int, *, whole: bool = False) -> None:
        """Appends `text`, which stands for `[start, end)` of the origin.

        Args:
            text: any length; nothing is appended, and the range deleted, when it is empty.
            start: first code point of the origin.
            end: one past the last.
            whole: True when no part of `text` can be told from another, even where it is as
                long as the origin.
        """
        if not text:
            return
        stop = self._length + len(text)
        self._runs.append(Run(self._length, stop, start, end, whole and len(text) > 1))
        self._pieces.append(text)
        self._length = stop

    def build(self) -> tuple[str, OffsetMap]:
        """The text so far and its map."""
        return "".join(self._pieces), OffsetMap(tuple(_merged(self._runs)))
