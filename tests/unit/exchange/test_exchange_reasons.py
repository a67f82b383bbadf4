import re
from pathlib import Path

from content.exchange import REFUSALS, WHY

SOURCES = Path(__file__).resolve().parents[3] / "content" / "exchange"
CODE = re.compile(r'"([a-z_]{2,20})"')


def test_every_reason_is_given_somewhere_and_said_in_both_languages() -> None:
    text = "\n".join(
        one.read_text("utf-8") for one in SOURCES.rglob("*.py") if one.name != "reasons.py"
    )
    given = set(CODE.findall(text))

    assert WHY.keys() - given == set()
    assert REFUSALS.keys() - given == set()
    for names in (*WHY.values(), *REFUSALS.values()):
        assert names.ru
        assert names.en
        assert names.ru != names.en
