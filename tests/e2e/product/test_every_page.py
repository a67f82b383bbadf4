"""Every page of the product, for everyone who may open it, has nothing for axe to complain of."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from psot import clock
from psot.app import create_app
from psot.config import Settings
from psot.demo.invitations import INVITATION
from psot.demo.threads import ANSWERED, thread_id
from psot.policies import ROUTES
from psot.ratings.rules import season_at
from tests.e2e.axe import violations
from tests.e2e.looks import LOOKS, Look, opened, wear
from tests.e2e.product.conftest import Product
from tests.e2e.product.visits import Visits


@dataclass(frozen=True)
class Stop:
    """A page on the walk: its endpoint, an address of it, and whose eyes see it."""

    endpoint: str
    path: str
    role: str = ""

    def __str__(self) -> str:
        return f"{self.path} {self.role}".strip()


RUNNING = season_at(clock.now())
COMING = season_at(RUNNING.ends_at)

# Pages with something to choose in their address.
NAMED = (
    Stop("learning.quiz", "/quizzes/electrical-safety"),
    Stop("learning.quiz", "/quizzes/electrical-safety", "racer"),
    Stop("learning.quiz", "/quizzes/placement", "racer"),
    Stop("learning.topic_practice", "/topics/electrical/practice", "racer"),
    Stop("learning.topic_check", "/topics/electrical/check", "racer"),
    Stop("recordings.recording", "/recordings/five-briefings"),
    Stop("recordings.recording", "/recordings/five-briefings", "racer"),
    Stop("recordings.edit", "/editor/recordings/five-briefings", "organizer"),
    Stop("learning.shelf_quiz", "/editor/quizzes/electrical-safety", "organizer"),
    Stop("items.item", "/editor/items/ppe-01", "organizer"),
    Stop("items.test", "/editor/items/quizzes/electrical-safety", "organizer"),
    Stop("library.document", "/editor/content/question/ppe-01", "organizer"),
    Stop("library.edit", "/editor/content/question/ppe-01/edit", "organizer"),
    *(
        Stop(
            "library.edit",
            f"/editor/content/question/ppe-88/edit?topic=ppe&pack=start&as={kind}",
            "organizer",
        )
        for kind in ("matching", "ordering", "cloze", "hotspot", "case")
    ),
    Stop("library.version", "/editor/content/question/ppe-01/versions/1", "organizer"),
    Stop("library.difference", "/editor/content/question/ppe-01/difference", "organizer"),
    Stop("regions.region", "/ratings/regions/RU-TYU"),
    Stop("regions.table", "/ratings/regions?league=medium&measure=coverage&sort=members", "racer"),
    Stop("regions.card", "/ratings/regions/RU-TYU/card?language=en"),
    Stop("numbers.figure", "/numbers/answers"),
    Stop("numbers.figure", "/numbers/content"),
    Stop("members.document", "/documents/personal_data"),
    Stop("shell.home", "/", "racer"),
    Stop("ratings.leaders", "/ratings", "racer"),
    # seasons: one runs, the next may be planned
    Stop("seasons.season", f"/ratings/seasons/{RUNNING.name}", "racer"),
    Stop("season_desk.opening", f"/organizer/seasons/{COMING.name}/open", "organizer"),
    Stop("season_desk.closing", f"/organizer/seasons/{RUNNING.name}/close", "organizer"),
    Stop("ratings.leaders", "/ratings?place=1", "racer"),
    # boards of people
    Stop("rankings.boards", "/ratings/boards", "racer"),
    Stop("rankings.region", "/ratings/boards/region/RU-TYU"),
    Stop("rankings.region", "/ratings/boards/region/RU-TYU?place=1", "racer"),
    Stop("rankings.league", "/ratings/boards/league/2"),
    Stop("rankings.topic", "/ratings/boards/topic/ppe", "racer"),
    Stop("rankings.table_page", "/ratings/all?league=2", "racer"),
    Stop("rankings.table_page", "/ratings/all?q=nobody"),
    # reading
    Stop("reading.topics", "/library", "racer"),
    Stop("reading.topic", "/topics/service"),
    Stop("reading.lesson", "/topics/service/lesson"),
    Stop("reading.lesson", "/topics/training/lesson", "racer"),
    Stop("reading.search", "/library/search?q=наряд"),
    Stop("reading.act", "/library/acts/pp_2464", "racer"),
    Stop("reading.norm", "/library/norms/service-n01", "racer"),
    # community
    Stop("community.threads", "/questions?q=журнал&show=accepted", "racer"),
    Stop("community.ask", "/questions/ask?title=Нужен+ли+журнал+микротравм?", "racer"),
    Stop("community.thread", f"/questions/{thread_id(ANSWERED)}"),
    Stop("community.thread", f"/questions/{thread_id(ANSWERED)}", "racer"),
    Stop("community.thread", f"/questions/{thread_id(ANSWERED)}", "organizer"),
    Stop("community.edit_thread", f"/questions/{thread_id(ANSWERED)}/edit", "racer"),
    Stop(
        "community.edit_answer",
        f"/questions/{thread_id(ANSWERED)}/answers/{thread_id(f'{ANSWERED}:2')}/edit",
        "expert",
    ),
    Stop("community.report", f"/questions/{thread_id(ANSWERED)}/report", "organizer"),
    Stop("community.decide", f"/editor/questions/{thread_id(ANSWERED)}", "organizer"),
    # officials
    Stop("officials.region", "/official?region=RU-MOW", "organizer"),
    Stop("officials.region", "/official", "official"),
    Stop("officials.invitations", "/official/invitations?region=RU-MOW", "official"),
    Stop("officials.invitation", f"/official/invitations/{INVITATION}", "official"),
    # workplace: of the start pack
    Stop("workplace.scenario", "/workplace/workshop-walk"),
    Stop("workplace.scenario", "/workplace/workshop-walk", "racer"),
    Stop("workplace.scenario", "/workplace/workshop-walk", "organizer"),
    Stop("workplace.run", "/workplace/runs/{run}", "racer"),
    Stop("workplace.debrief", "/workplace/runs/{ended}/debrief", "racer"),
    Stop("workplace.join", "/workplace/join/{code}", "racer"),
    Stop("workplace.lead", "/workplace/classes/{class}", "organizer"),
    Stop("workplace.author", "/editor/workplace/workshop-walk", "organizer"),
    # races of the demo community: one is official, one takes registrations
    Stop("races.race", "/races/{finished}"),
    Stop("races.race", "/races/{open}"),
    Stop("races.race", "/races/{open}", "racer"),
    Stop("course.run", "/races/{finished}/run", "racer"),
    Stop("standings.live", "/races/{finished}/live"),
    Stop("standings.live", "/races/{open}/live", "racer"),
    Stop("standings.screen", "/races/{finished}/screen"),
    Stop("standings.embed", "/races/{finished}/embed"),
    Stop("remote.control", "/organizer/races/{finished}/remote", "organizer"),
    Stop("jury.proof", "/races/{finished}/proof"),
    Stop("jury.protest_list", "/races/{finished}/protests"),
    Stop("jury.jury_race", "/jury/races/{finished}", "organizer"),
    Stop("results.protocol", "/races/{finished}/protocol"),
    Stop("results.protocol", "/races/{finished}/protocol", "racer"),
    Stop("results.splits", "/races/{finished}/splits"),
    Stop("results.replay", "/races/{finished}/replay"),
    Stop("results.mine", "/races/{finished}/mine", "racer"),
    Stop("results.mine", "/races/{open}/mine", "racer"),
    Stop("results.season", "/races/seasons/2026/27"),
    Stop("desk.race", "/organizer/races/{open}", "organizer"),
    Stop("desk.race", "/organizer/races/{finished}", "organizer"),
    Stop("desk.about", "/organizer/races/{open}/about", "organizer"),
    Stop("desk.rules", "/organizer/races/{open}/rules", "organizer"),
    Stop("desk.schedule", "/organizer/races/{open}/schedule", "organizer"),
    Stop("desk.spectators", "/organizer/races/{open}/spectators", "organizer"),
    Stop("desk.pools", "/organizer/races/{open}/pools", "organizer"),
    Stop("desk.classes", "/organizer/races/{open}/classes", "organizer"),
    Stop("desk.entries", "/organizer/races/{open}/entries", "organizer"),
    Stop("desk.start_list", "/organizer/races/{finished}/start-list", "organizer"),
    Stop("desk.confirm_move", "/organizer/races/{open}/move/zeroing", "organizer"),
)
# What no page is behind: files, answers to machines, one-use links (their tests hold the links).
NOT_PAGES = {
    "static",
    "observability.healthz",
    "observability.readyz",
    "observability.metrics",
    "api_reference.root",
    "api_reference.openapi",
    "security.confirm_email",
    "security.reset_password",
    "security.change_email_confirm",
    "security.two_factor_token_validation",
    "security.two_factor_rescue",
    "security.tf_select",
    "security.mf_recovery",
    "security.logout",
    "members.accept_invitation",
    "members.outside_start",
    "members.outside_back",
    "members.arrive",
    "members.one_mail",
    "reading.picture",
    "importing.export",
    # What an editor brings a file for first; its own test does
    "importing.report",
    "importing.report_file",
    # Somebody has to leave a plan first; its own test does
    "study.past_round",
    "learning.attempt",
    "learning.answered",
    "learning.result",
    "learning.picture",
    "ratings.progress",
    "rankings.table_file",
    # Whose name is public, the demo decides; its own test does
    "rankings.history",
    # a link that leads on, and files for a report
    "officials.join",
    "officials.report",
    "officials.table",
    # regions to take along
    "regions.file",
    "regions.paper",
    "regions.card_picture",
    "ratings.me_csv",
    "ratings.me_json",
    # A fact's number is another one in every house; its own test opens one
    "ratings.fact",
    # tables to take along
    "numbers.table",
    "items.items_csv",
    "items.item_csv",
    "items.test_csv",
    # files of recordings
    "recordings.media",
    "recordings.poster",
    "recordings.subtitles",
    # data of a run, models, and what only leads on
    "workplace.run_json",
    "workplace.prop",
    "workplace.find_class",
    "workplace.begin_scenario",
    # files and data of races
    "races.calendar",
    "desk.entries_csv",
    "desk.check_pools",
    "standings.listed",
    "jury.proof_file",
    "results.export",
    "results.replay_frame",
    "results.ghosts",
    "results.season_file",
    # the protocol of a closed season; its own test closes one
    "seasons.protocol",
    "season_desk.members",
    # What a jury or a racer has to do something for first; their own tests do
    "jury.case",
    "jury.decision",
    "jury.new_decision",
    "jury.protest",
    "results.practice",
}


def walk() -> list[Stop]:
    """Return every page without a name in its address, then the named ones."""
    settings = Settings(
        database_url="postgresql:///none", redis_url="redis:///0", data_dir=Path(), demo=True
    )
    app = create_app(settings)
    plain = [
        Stop(rule.endpoint, rule.rule, _eyes(rule.endpoint))
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.arguments
        and rule.endpoint not in NOT_PAGES
        and not rule.endpoint.startswith("api.")
    ]
    reached = {stop.endpoint for stop in (*plain, *NAMED)} | NOT_PAGES
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.endpoint.startswith("api."):
            assert rule.endpoint in reached, f"{rule.endpoint} is on no walk"
    # Each role walks all its pages before the next one enters.
    return sorted({*plain, *NAMED}, key=lambda stop: (stop.role, stop.path))


def _eyes(endpoint: str) -> str:
    policy = ROUTES[endpoint]
    if not policy.signed_in:
        return ""
    return "organizer" if policy.roles else "racer"


WALK = walk()
# All looks for the pages everybody starts from, the two farthest apart for the rest.
STARTS = {"shell.home", "ratings.leaders", "learning.quizzes", "security.login"}
FAR_APART = (Look(1440, "ru", "light"), Look(390, "en", "dark"))


@pytest.fixture(scope="module")
def visits(browser: Browser) -> Iterator[Visits]:
    """The walk of all visits; its last window is closed at the end."""
    walking = Visits(browser)
    yield walking
    walking.close()


@pytest.mark.parametrize("stop", WALK, ids=str)
def test_a_page_is_fit_for_everyone(product: Product, visits: Visits, stop: Stop) -> None:
    named = product.workplace() if "/workplace/" in stop.path else product.races()
    with visits.of(product, stop.role) as page:
        for look in LOOKS if stop.endpoint in STARTS else FAR_APART:
            wear(page, product.base, look)
            answered = page.goto(stop.path.format(**named))

            assert answered is not None
            assert answered.status == 200, f"{stop} answers {answered.status} to {look}"
            assert page.locator("h1").count() == 1, f"{stop} has one first heading"
            assert violations(page) == [], str(look)
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not wide, f"{stop} scrolls sideways at {look}"


@pytest.mark.parametrize("width_px", [1280, 1440])
def test_the_ways_through_the_site_stand_on_one_line_beside_a_long_name(
    product: Product, width_px: int
) -> None:
    with opened(product.browser, product.base, "/healthz", Look(width_px)) as page:
        product.enter(page, "racer")
        page.goto("/")
        page.evaluate("document.querySelector('.bar-name').textContent = 'Александра '.repeat(9)")
        lines = page.locator(".nav a span").evaluate_all(
            "found => found.map((one) => Math.round("
            "one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)))"
        )

        assert len(lines) == 7
        assert set(lines) == {1}
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
