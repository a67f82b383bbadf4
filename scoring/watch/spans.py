"""Stretches of media time: half-open ``(from_ms, to_ms)``, and what can be done with sets of them.

A tuple of spans returned here is sorted, disjoint and without empty or touching members, so two
that cover the same milliseconds are equal.
"""

from collections.abc import Iterable

Span = tuple[int, int]
Spans = tuple[Span, ...]


def union(*many: Iterable[Span]) -> Spans:
    """Return everything that any of ``many`` covers.

    >>> union([(5, 9), (0, 3)], [(3, 4), (8, 12)])
    ((0, 4), (5, 12))
    """
    merged: list[Span] = []
    for start, end in sorted(span for spans in many for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def minus(these: Iterable[Span], those: Iterable[Span]) -> Spans:
    """Return what ``these`` cover and ``those`` do not.

    >>> minus([(0, 10)], [(2, 3), (8, 20)])
    ((0, 2), (3, 8))
    """
    taken = union(those)
    left: list[Span] = []
    for start, end in union(these):
        at = start
        for gone_from, gone_to in taken:
            if gone_to <= at or gone_from >= end:
                continue
            left.append((at, gone_from))
            at = gone_to
        left.append((at, end))
    return union(left)


def common(these: Iterable[Span], those: Iterable[Span]) -> Spans:
    """Return what both cover.

    >>> common([(0, 10)], [(2, 3), (8, 20)])
    ((2, 3), (8, 10))
    """
    kept = union(these)
    return minus(kept, minus(kept, those))


def clip(spans: Iterable[Span], end_ms: int) -> list[Span]:
    """Return the ``spans`` in the order given, cut to what lies in ``[0, end_ms)``.

    >>> clip([(5, 9), (-3, 2), (20, 30)], 8)
    [(5, 8), (0, 2)]
    """
    cut = ((max(0, start), min(end, end_ms)) for start, end in spans)
    return [(start, end) for start, end in cut if start < end]


def length_ms(spans: Iterable[Span]) -> int:
    """Return how many milliseconds ``spans`` hold; what is given twice is counted twice."""
    return sum(end - start for start, end in spans)
