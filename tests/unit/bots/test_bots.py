"""What bots are like follows from a seed, what they know from the pack; what they hear stays."""

from pathlib import Path
from random import Random
from statistics import mean

from content.quiz import SingleChoice, built_in_pack
from psot.bots.account import Account, Line, read
from psot.bots.browser import Browser, Place
from psot.bots.crowd import Run, racers_of
from psot.bots.knowledge import choose
from psot.bots.people import Bot
from psot.bots.racer import csrf_of, over
from psot.bots.traits import Traits

QUESTION = next(
    one for one in built_in_pack("start").questions.values() if isinstance(one, SingleChoice)
)
OPTIONS = [{"id": f"shown-{one.id}", "text": one.text} for one in QUESTION.options]
RIGHT = {f"shown-{one}" for one in QUESTION.correct}

LINE = Line(
    race="r",
    bib=1,
    task=2,
    kind="P",
    option="o",
    outcome="right",
    right=True,
    repeated=False,
    sends=1,
    at_ms=5,
    took_ms=1.5,
)


def test_the_same_seed_gives_the_same_field() -> None:
    def field(seed: int) -> list[Traits]:
        bots = [Bot(number=n, member=None, experience="newcomer") for n in range(1, 30)]  # type: ignore[arg-type]
        cookies: dict[int, dict[str, str]] = {one.number: {} for one in bots}
        run = Run(race="r", account=Account())
        place = Place(base="http://localhost:1")
        made = racers_of(bots, cookies, place=place, run=run, seed=seed, speed=1)
        return [one.traits for one in made]

    assert field(1) == field(1)
    assert field(1) != field(2)


def test_a_field_is_as_the_table_says() -> None:
    random = Random(5)  # noqa: S311 - to be had again
    field = [Traits.drawn(random) for _ in range(4_000)]

    assert 0.75 < mean(one.skill for one in field) < 0.80
    assert 0.08 < mean(one.over_http for one in field) < 0.12
    assert all(1.5 <= one.pace_s <= 14 for one in field)
    assert all(one.delay_s(random) <= 1 for one in field)


def test_speed_shortens_thinking_and_nothing_else() -> None:
    traits = Traits.drawn(Random(1))  # noqa: S311 - to be had again

    assert traits.response_s(Random(2), "P", 4) == traits.response_s(Random(2), "P", 1) / 4  # noqa: S311 - to be had again


def test_a_bot_knows_the_pack_by_heart() -> None:
    random = Random(3)  # noqa: S311 - to be had again
    knowing = choose(QUESTION.text, OPTIONS, right=True, random=random)
    failing = choose(QUESTION.text, OPTIONS, right=False, random=random)

    assert knowing["id"] in RIGHT
    assert failing["id"] not in RIGHT


def test_a_bot_guesses_what_is_in_no_pack() -> None:
    assert choose("Сколько звёзд?", OPTIONS, right=True, random=Random(4)) in OPTIONS  # noqa: S311 - to be had again


def test_an_account_can_be_read_again(tmp_path: Path) -> None:
    account = Account(tmp_path / "account")
    account.keep(LINE)
    account.close()

    assert read(tmp_path / "account") == [LINE] == account.lines


def test_the_csrf_token_is_found_in_a_page() -> None:
    page = '<head><meta name="csrf-token" content="a&amp;b"></head>'

    assert csrf_of(page) == "a&b"


def test_a_racer_is_over_when_out_or_in_or_when_the_race_closed() -> None:
    under_way = {"state": "course", "out": False, "closed": False}

    assert not over(under_way)
    assert over({**under_way, "state": "finished"})
    assert over({**under_way, "out": True})
    assert over({**under_way, "closed": True})


def test_a_browser_names_its_place() -> None:
    place = Browser(place=Place(base="https://psot.example")).place

    assert (place.host, place.port, place.secure) == ("psot.example", 443, True)
