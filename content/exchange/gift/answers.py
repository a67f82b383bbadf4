"""What stands between the brackets of a GIFT question, by its type."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from content.exchange import building
from content.exchange.building import Choice
from content.exchange.drafts import LONGEST_TEXT, Draft, LeftOut, Row
from content.exchange.figures import number
from content.exchange.gift import signs

TRUE = frozenset({"T", "TRUE"})
FALSE = frozenset({"F", "FALSE"})


SIGNS_OF: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("essay", lambda inside: not inside),
    ("numerical", lambda inside: inside.startswith("#")),
    ("ordering", lambda inside: inside.startswith(">")),
    ("multichoice", lambda inside: signs.find(inside, "~") >= 0),
    ("match", lambda inside: signs.find(inside, "=") >= 0 and signs.find(inside, "->") >= 0),
    ("truefalse", lambda inside: signs.cut(inside, "#")[0].strip().upper() in TRUE | FALSE),
)
"""Types by their signs, in the order in which Moodle looks for them."""


def kind_of(inside: str) -> str:
    """The type by its signs; what has none of them is a short answer."""
    return next((kind for kind, is_so in SIGNS_OF if is_so(inside)), "shortanswer")


def _left_out(draft: Draft, inside: str, style: str) -> Row:
    del draft, style
    raise LeftOut(inside, "kind")


def _multichoice(draft: Draft, inside: str, style: str) -> Row:
    found = signs.pieces(inside, "~=")
    single = any(mark == "=" for mark, _ in found)
    choices = []
    for mark, piece in found:
        if not mark:
            raise LeftOut(piece, "broken", "options")
        share, rest = (Fraction(1), piece) if mark == "=" else signs.weight(piece)
        answer, feedback = signs.cut(rest, "#")
        text = _styled(draft, answer, style, part="option")
        why = _feedback(draft, feedback, style)
        choices.append(Choice(text=text, share=share or Fraction(0), why=why))
    return building.choice_row(draft, choices, single=single)


def _truefalse(draft: Draft, inside: str, style: str) -> Row:
    word, _, rest = inside.partition("#")
    wrong, right = signs.cut(rest, "#")
    correct = word.strip().upper() in TRUE
    notes = _feedback(draft, right, style), _feedback(draft, wrong, style)
    why_true, why_false = notes if correct else (notes[1], notes[0])
    return building.truefalse_row(correct=correct, why_true=why_true, why_false=why_false)


def _match(draft: Draft, inside: str, style: str) -> Row:
    pairs, distractors = [], []
    for mark, piece in signs.pieces(inside, "="):
        left, right = signs.cut(piece, "->")
        answer = signs.bare(right)
        if not mark or not answer:
            raise LeftOut(piece, "broken", "pairs")
        if len(answer) > LONGEST_TEXT:
            raise LeftOut(answer, "too_long", "pair")
        if left.strip():
            pairs.append((_styled(draft, left, style, part="pair"), answer))
        else:
            distractors.append(answer)
    return building.matching_row(pairs, distractors)


def _shortanswer(draft: Draft, inside: str, style: str) -> Row:
    accepted = []
    for _, piece in signs.pieces(inside, "="):
        share, rest = signs.weight(piece)
        answer, feedback = signs.cut(rest, "#")
        if note := _feedback(draft, feedback, style):
            draft.lose("feedback", note, "feedback")
        accepted.append((signs.bare(answer), Fraction(1) if share is None else share))
    return building.text_row(draft, accepted, case_sensitive=False)


def _numerical(draft: Draft, inside: str, style: str) -> Row:
    taken: tuple[Decimal, Decimal] | None = None
    for mark, piece in signs.pieces(inside[1:], "=~"):
        share, rest = signs.weight(piece)
        answer, feedback = signs.cut(rest, "#")
        if note := _feedback(draft, feedback, style):
            draft.lose("feedback", note, "feedback")
        written = signs.bare(answer)
        if mark == "~" or written in ("", "*"):
            draft.lose("answer", written or "*", "wildcard")
        elif taken is not None or (share is not None and share < 1):
            draft.lose("answer", written, "more_answers")
        else:
            taken = _figure(written)
    if taken is None:
        raise LeftOut(inside, "no_key", "answer")
    return building.numeric_row(*taken)


def _figure(text: str) -> tuple[Decimal, Decimal]:
    low, dots, high = text.partition("..")
    if dots:
        bounds = number(low), number(high)
        if bounds[0] is not None and bounds[1] is not None:
            return building.between(bounds[0], bounds[1])
    answer, _, tolerance = text.partition(":")
    found = number(answer), number(tolerance or "0")
    if found[0] is None or found[1] is None:
        raise LeftOut(text, "bad_number", "answer")
    return found[0], abs(found[1])


def _styled(draft: Draft, source: str, style: str, *, part: str) -> str:
    own, text = signs.style(source, style)
    return draft.text(signs.bare(text), own, part=part, limit=LONGEST_TEXT)


def _feedback(draft: Draft, source: str, style: str) -> str:
    own, text = signs.style(source, style)
    return draft.note(signs.bare(text), own, part="feedback")


READERS: dict[str, Callable[[Draft, str, str], Row]] = {
    "essay": _left_out,
    "ordering": _left_out,
    "multichoice": _multichoice,
    "match": _match,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
}
"""How each type is read: of the text between the brackets, in the format of the question."""
