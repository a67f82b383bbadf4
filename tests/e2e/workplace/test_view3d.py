"""The 3D view as it is drawn, walked, pointed at and entered with a headset."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from content.scenarios import load_scenarios, public
from tests.e2e.serving import serving
from tests.e2e.workplace.headset import pull
from tests.e2e.workplace.rooms import scenario, site, thing
from tests.e2e.workplace.scene import ROOT, bundle, drawing, entered, served

PACK = ROOT / "content/packs/start"
ROWS = load_scenarios(PACK)
THINGS = (
    thing("lathe", "lathe", (-2.5, -2.4), guard="open"),
    thing("press", "press", (2.6, -2.6)),
    thing("bench", "workbench", (-5.4, 1), turn=90),
    thing("worker", "person", (0.4, -1)),
)
ALLEY = (
    thing("left", "press", (-1.4, -0.6)),
    thing("lathe", "press", (0, -0.6)),
    thing("right", "press", (1.4, -0.6)),
)
SITES = {
    "room": scenario(*THINGS),
    "outdoor": scenario(*THINGS, site=site("outdoor", floor="ground", windows=[])),
    "roof": scenario(*THINGS, site=site("roof", floor="roof", windows=[])),
}


@pytest.fixture(scope="module")
def drawn(browser: Browser) -> Iterator[Browser]:
    """A browser with graphics of the processor."""
    started = drawing(browser.browser_type)
    yield started
    started.close()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the page with the view."""
    folder: Path = bundle(tmp_path_factory.mktemp("scene"))
    shown = {id_: public(row, seed=1, language="ru") for id_, row in ROWS.items()}
    alley = {"alley": scenario(*ALLEY)}
    with serving(served(folder, SITES | alley | shown)) as address:
        yield address


def frames(page: Page) -> int:
    """Pictures drawn so far, once it has come to rest."""
    page.wait_for_function(
        """() => {
          const now = house.view.stats().frames;
          if (window.seen?.frames !== now) window.seen = { frames: now, since: performance.now() };
          return performance.now() - window.seen.since > 700;
        }"""
    )
    counted: int = page.evaluate("house.view.stats().frames")
    return counted


def place(page: Page) -> list[float]:
    """Where the member stands: x, z and heading."""
    until(page, "house.told.moved.length > 0")
    told: list[float] = page.evaluate("house.told.moved.at(-1)")
    return told


TONES = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
  const shot = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const pen = new OffscreenCanvas(64, 40).getContext("2d");
  pen.drawImage(shot, 0, 0, 64, 40);
  const dots = pen.getImageData(0, 0, 64, 40).data;
  const tones = new Set();
  for (let at = 0; at < dots.length; at += 4)
    tones.add([dots[at] >> 4, dots[at + 1] >> 4, dots[at + 2] >> 4].join());
  return tones.size;
}"""


def tones(page: Page) -> int:
    """How many tones the picture has; a blank one has one."""
    shot = b64encode(page.locator("#host").screenshot()).decode()
    found: int = page.evaluate(TONES, shot)
    return found


def until(page: Page, true: str) -> None:
    """Wait until an expression is true. A function: the policy lets no text become code."""
    page.wait_for_function(f"() => {true}")


def click_on(page: Page, id_: str) -> None:
    """Click where the object really is in the picture."""
    point = page.evaluate("(id) => house.view.screenPoint(id)", id_)
    assert point is not None, f"{id_} cannot be hit"
    page.mouse.click(point["x"], point["y"])


def picked(page: Page) -> list[str | None]:
    """What was picked so far."""
    told: list[str | None] = page.evaluate("house.told.picked")
    return told


@pytest.mark.parametrize("kind", SITES)
def test_the_low_tier_shows_every_kind_of_site(drawn: Browser, base: str, kind: str) -> None:
    with entered(drawn, base, kind) as page:
        assert page.evaluate("house.view.stats().renderer").lower().find("swiftshader") >= 0
        assert tones(page) > 12


@pytest.mark.parametrize("tier", ["mid", "high"])
def test_the_lit_tiers_show_the_room(drawn: Browser, base: str, tier: str) -> None:
    with entered(drawn, base, "room", tier=tier, width=320) as page:
        assert page.evaluate("house.view.tier") == tier
        assert tones(page) > 12


def test_software_graphics_get_the_low_tier_by_themselves(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room", tier="") as page:
        assert page.evaluate("house.view.tier") == "low"


def test_without_graphics_the_view_says_so(browser: Browser, base: str) -> None:
    plain = drawing(browser.browser_type, "--disable-3d-apis")
    try:
        with entered(plain, base, "room") as page:
            assert page.evaluate("house.told.fault") == "NoWebGL"
    finally:
        plain.close()


def test_a_click_on_an_object_opens_it_and_beside_it_nothing(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room") as page:
        for id_ in ("lathe", "press", "worker"):
            click_on(page, id_)
        page.mouse.click(480, 90)

        assert picked(page) == ["lathe", "press", "worker", None]


def test_what_is_behind_one_s_back_is_hit_after_looking_at_it(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room") as page:
        page.evaluate("house.view.lookAt('bench')")
        click_on(page, "bench")

        assert picked(page) == ["bench"]


def test_in_the_overview_objects_are_hit_as_well(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room") as page:
        page.evaluate("house.view.setMode('overview')")
        frames(page)
        for id_ in ("lathe", "bench"):
            click_on(page, id_)

        assert picked(page) == ["lathe", "bench"]


def test_keys_walk_to_what_stands_in_the_way_and_no_further(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "alley") as page:
        page.locator("#host canvas").focus()
        page.keyboard.down("KeyW")
        until(page, "house.told.moved.at(-1)[1] < 1.5")
        page.wait_for_timeout(2_500)
        page.keyboard.up("KeyW")
        frames(page)
        _, z, heading = place(page)

        assert heading == 0
        assert z > 0, "the press stands from wall to wall"


def test_keys_turn_to_both_sides(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room") as page:
        page.locator("#host canvas").focus()
        page.keyboard.down("KeyE")
        until(page, "house.told.moved.at(-1)[2] > 20 && house.told.moved.at(-1)[2] < 90")
        page.keyboard.up("KeyE")
        page.keyboard.down("KeyQ")
        until(page, "house.told.moved.at(-1)[2] > 270")
        page.keyboard.up("KeyQ")

        assert picked(page) == []


def test_tab_goes_to_the_nearest_object_first_and_out_after_the_last(
    drawn: Browser, base: str
) -> None:
    with entered(drawn, base, "room") as page:
        page.locator("#host canvas").focus()
        for _ in THINGS:
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        assert picked(page)[0] == "worker"
        assert sorted(map(str, picked(page))) == ["bench", "lathe", "press", "worker"]
        assert page.evaluate("document.activeElement.id") == "after"


def test_a_drag_looks_about_and_picks_nothing(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room") as page:
        before = place(page)
        page.mouse.move(480, 320)
        page.mouse.down()
        page.mouse.move(600, 330, steps=4)
        page.mouse.up()
        page.wait_for_function("(was) => house.told.moved.at(-1)[2] !== was", arg=before[2])

        assert picked(page) == []


def test_nothing_is_drawn_while_nothing_changes(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room") as page:
        before = frames(page)
        page.wait_for_timeout(1_500)

        assert page.evaluate("house.view.stats().frames") == before

        page.evaluate("house.view.mark('press', 'found')")
        page.wait_for_function("(was) => house.view.stats().frames > was", arg=before)


def test_a_state_that_changes_is_shown(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room") as page:
        frames(page)
        before = page.locator("#host").screenshot()
        page.evaluate(
            """() => {
              const lathe = house.objects.get("lathe");
              const states = { ...lathe.states, guard: "closed" };
              house.objects.set("lathe", { ...lathe, states });
              house.view.refresh("lathe");
            }"""
        )
        frames(page)

        assert page.locator("#host").screenshot() != before


def test_marks_are_told_apart_by_sign_and_name(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room") as page:
        page.evaluate("house.view.mark('lathe', 'found')")
        page.evaluate("house.view.mark('press', 'false')")
        page.evaluate("house.view.mark('worker', 'pointed')")
        labels = page.locator(".view3d-labels > div")

        assert labels.all_text_contents() == ["✓ Lathe", "✕ Press", "▼ Worker"]


def test_a_lost_picture_is_told_and_everything_is_freed(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room") as page:
        page.evaluate(
            """document.querySelector("#host canvas").getContext("webgl2")
                 .getExtension("WEBGL_lose_context").loseContext()"""
        )
        until(page, "house.told.lost === 1")

        assert page.locator("#host canvas").count() == 0
        assert page.evaluate("house.view.screenPoint('lathe')") is None


@pytest.mark.parametrize("id_", sorted(ROWS))
def test_every_object_of_the_pack_can_be_looked_at_and_hit(
    drawn: Browser, base: str, id_: str
) -> None:
    with entered(drawn, base, id_) as page:
        missed = page.evaluate(
            """() => house.engine.scenario.objects.map(({ id }) => id).filter((id) => {
              house.view.lookAt(id);
              return house.view.screenPoint(id) === null;
            })"""
        )

        assert missed == []


def pulled(page: Page, x: float, y: float, z: float) -> None:
    """Point at a spot and pull; nobody has walked since the headset was put on."""
    here = page.evaluate("house.told.moved.at(-1)")
    pull(page, (x, y, z), here, here)


def line(page: Page, key: str) -> tuple[float, float, float]:
    """Where a line of the card hangs."""
    spot = page.evaluate(f"house.view.linePoint({key!r})")
    return spot["x"], spot["y"], spot["z"]


def test_in_a_headset_the_controller_picks_and_reports(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room", headset=True) as page:
        page.evaluate("house.view.enterHeadset()")
        until(page, "house.told.headset.length === 1")
        pulled(page, 2.6, 1.2, -2.6)
        pulled(page, *line(page, "report"))
        assert page.evaluate("house.acted") == [], "a report is asked for twice"
        pulled(page, *line(page, "yes"))

        assert picked(page) == ["press"]
        assert page.evaluate("house.acted") == [{"kind": "report", "object": "press"}]


def test_in_a_headset_the_trigger_on_the_floor_goes_there(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room", headset=True) as page:
        page.evaluate("house.view.enterHeadset()")
        until(page, "house.told.headset.length === 1")
        pulled(page, 3, 0, 1)
        x, z, _ = page.evaluate("house.told.moved.at(-1)")

        assert (round(x, 1), round(z, 1)) == (3, 1)
        assert picked(page) == []


def test_without_a_headset_none_is_offered(drawn: Browser, base: str) -> None:
    with entered(drawn, base, "room") as page:
        assert page.evaluate("typeof house.view.enterHeadset") == "undefined"
