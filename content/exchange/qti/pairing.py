"""matchInteraction, gapMatchInteraction."""

from content.exchange import building
from content.exchange.drafts import LONGEST_STORY, LeftOut, Row
from content.exchange.qti.asked import Asked
from content.exchange.qti.body import MARK
from content.exchange.qti.responses import pairs

SETS = 2


def match(asked: Asked) -> Row:
    """Each entry of one set has one of the other; the sets change places where only that fits."""
    sets = asked.element.findall("simpleMatchSet")
    if len(sets) != SETS:
        raise LeftOut(str(len(sets)), "broken", "simpleMatchSet")
    left, right = (asked.texts(one.findall("simpleAssociableChoice"), part="entry") for one in sets)
    found = pairs(asked.declared)
    if not found:
        raise LeftOut("", "no_key", "pairs")
    if not _one_to_one([one for one, _ in found]):
        left, right = right, left
        found = [(two, one) for one, two in found]
    if not _one_to_one([one for one, _ in found]):
        raise LeftOut("", "several_pairs", "pairs")
    if any(one not in left or two not in right for one, two in found):
        raise LeftOut("", "broken", "pairs")
    partner = dict(found)
    for id_, text in left.items():
        if id_ not in partner:
            asked.draft.lose("entry", text, "unpaired")
    asked.fixed_order()
    if asked.template == "match_correct":
        asked.draft.lose("responseProcessing", asked.template, "grading")
    paired = [(text, right[partner[id_]]) for id_, text in left.items() if id_ in partner]
    used = set(partner.values())
    return building.matching_row(paired, [text for id_, text in right.items() if id_ not in used])


def _one_to_one(ids: list[str]) -> bool:
    return len(set(ids)) == len(ids)


def gap_match(asked: Asked) -> Row:
    """A cloze: every gap offers all words."""
    if asked.element.find("gapImg") is not None:
        raise LeftOut("gapImg", "kind", "gap")
    words = asked.texts(asked.element.findall("gapText"), part="word")
    gaps = [one for one in asked.element.iter() if one.tag == "gap"]
    html = asked.html(asked.element, {gap: place for place, gap in enumerate(gaps, 1)})
    for word in asked.element.findall("gapText"):
        html = html.replace(f"<gapText>{asked.html(word, {})}</gapText>", "", 1)
    text = asked.draft.text(html, "html", part="text", limit=LONGEST_STORY * 2, keep=True)
    word_of = {gap: word for word, gap in pairs(asked.declared)}
    made = []
    for gap in gaps:
        right = words.get(word_of.get(gap.get("identifier", ""), ""))
        if right is None:
            raise LeftOut(gap.get("identifier", ""), "no_key", "gap")
        made.append((list(dict.fromkeys(words.values())), right))
    if len(gaps) > 1:
        asked.draft.lose("matchMax", "", "reuse")
    asked.fixed_order()
    row = building.cloze_row(made)
    return row | {"text": MARK.sub(lambda found: f"{{{{{found.group(1)}}}}}", text)}
