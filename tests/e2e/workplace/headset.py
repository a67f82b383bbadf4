"""An emulated headset: a controller that points at a spot of the site and pulls its trigger."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

from tests.e2e.workplace.hands import Action, Hands, until

IWER = Path(__file__).parents[3] / "platform/frontend/node_modules/iwer/build/iwer.min.js"
PUT_ON = (
    "window.device = new IWER.XRDevice(IWER.metaQuest3, { stereoEnabled: false });"
    "device.installRuntime({ forceInstall: true });"
)

# Waits for pictures: a headset is drawn in the frames of the page, so nothing else has to be asked.
PICTURES = """const pictures = async (count) => {
    const { view } = window.psotWorkplace ?? window.house;
    const until = view.stats().frames + count;
    while (view.stats().frames < until) await new Promise((done) => requestAnimationFrame(done));
  };"""

# Points the controller in the right hand at a spot of the site, `y` metres high, and pulls.
# `home` is where the member was and looked when the headset was put on, `here` where they stand.
# One picture finds the hand in its place, one sees the trigger down, one up.
PULL = f"""async ({{ home, here, spot }}) => {{
  {PICTURES}
  const turn = (home[2] * Math.PI) / 180;
  const [dx, dz] = [spot[0] - here[0], spot[2] - here[1]];
  const [ch, sh] = [Math.cos(turn), Math.sin(turn)];
  const way = [dx * ch + dz * sh, spot[1] - 1.2, -dx * sh + dz * ch];
  const yaw = Math.atan2(-way[0], -way[2]);
  const pitch = Math.atan2(way[1], Math.hypot(way[0], way[2]));
  const [cy, sy, cp, sp] = [yaw, pitch].flatMap((one) => [Math.cos(one / 2), Math.sin(one / 2)]);
  const hand = device.controllers.right;
  hand.position.set(0, 1.2, 0);
  hand.quaternion.set(cy * sp, sy * cp, -sy * sp, cy * cp);
  await pictures(2);
  hand.updateButtonValue("trigger", 1);
  await pictures(1);
  hand.updateButtonValue("trigger", 0);
  await pictures(1);
}}"""
HEIGHTS_M = (1.0, 0.5, 1.5, 0.2, 2.0, 0.05)
SKY_M = 40
SMALL: ViewportSize = {"width": 200, "height": 215}
# Every card that one may stop at has one of these lines.
ANY_CARD = (
    "['close', 'back', 'more', 'no', 'finish-no'].some((one) => psotWorkplace.view.linePoint(one))"
)


def pull(page: Page, spot: tuple[float, float, float], home: Any, here: Any) -> None:
    """Point at ``spot`` and pull; the headset was put on at ``home``, the member is ``here``."""
    page.evaluate(PULL, {"home": home, "here": here, "spot": list(spot)})


class InHeadset(Hands):
    """Hands with controllers: cards with lines to point at, and nothing else."""

    way = "walk"

    def start(self) -> None:
        """Begin in 3D and put the headset on."""
        super().start()
        until(self.page, "psotWorkplace.view")
        self.page.evaluate(
            """window.been = { at: null, picked: null };
            psotWorkplace.view.onMove((...place) => { been.at = place; });
            psotWorkplace.view.onPick((id) => { been.picked = id; });"""
        )
        until(self.page, "been.at")
        self.home = self.page.evaluate("been.at")
        # The emulated headset has as many pixels as the window, and the processor draws each.
        self.page.set_viewport_size(SMALL)
        self.page.locator("[data-key=headset]").click()
        self.page.evaluate(f"async () => {{ {PICTURES} await pictures(3); }}")

    def pull(self, spot: tuple[float, float, float]) -> None:
        """Point at a spot of the site and pull."""
        pull(self.page, spot, self.home, self.page.evaluate("been.at"))

    def lines(self, *keys: str) -> None:
        """Press lines of the card, one after the other; what does not fit is on its next side."""
        for key in keys:
            for _side in range(8):
                until(self.page, f"{ANY_CARD} || psotWorkplace.view.linePoint({key!r})")
                spot = self.page.evaluate(f"psotWorkplace.view.linePoint({key!r})")
                if spot is not None:
                    break
                spot = self.page.evaluate("psotWorkplace.view.linePoint('more')")
                assert spot is not None, f"{key} is on no side of the card"
                self.pull((spot["x"], spot["y"], spot["z"]))
            assert spot is not None
            self.pull((spot["x"], spot["y"], spot["z"]))
            until(self.page, "!psotWorkplace.engine.status.busy")

    def all_tasks(self) -> None:
        """Bring the card with all tasks: a pull at nothing, twice where a card hangs already."""
        for _time in range(2 if self.page.evaluate(ANY_CARD) else 1):
            x, z, _ = self.page.evaluate("been.at")
            self.pull((x + 1, SKY_M, z + 1))

    def object(self, name: str) -> None:
        """Point at an object until its card hangs there."""
        x, z = self.page.evaluate(f"psotWorkplace.engine.object({name!r}).at")
        for height_m in HEIGHTS_M:
            self.page.evaluate("been.picked = null")
            self.pull((x, height_m, z))
            if self.page.evaluate("been.picked") == name:
                return
        raise AssertionError(f"{name} cannot be pointed at")

    def report(self, action: Action) -> None:
        """Report an object, meaning it."""
        self.object(action["object"])
        self.lines("report", "yes")

    def assess(self, action: Action) -> None:
        """Say kind and control of what was reported just now."""
        self.lines("assess", f"kind-{action['hazard_kind']}", f"control-{action['control']}")

    def wear(self, action: Action) -> None:
        """Tick what is worn and put it on."""
        self.all_tasks()
        self.lines(f"task-ppe-{action['ppe']}", *(f"item-{one}" for one in action["items"]), "wear")

    def mark(self, action: Action) -> None:
        """Tick what is wrong in a document."""
        self.all_tasks()
        fields = (f"field-{one}" for one in action["fields"])
        self.lines(f"task-document-{action['document']}", *fields, "mark")

    def measure(self, action: Action) -> None:
        """Take a reading."""
        self.all_tasks()
        self.lines(
            f"task-measurement-{action['measurement']}", f"instrument-{action['instrument']}"
        )

    def conclude(self, action: Action) -> None:
        """Say what follows from a reading."""
        self.all_tasks()
        self.lines(f"task-measurement-{action['measurement']}", action["verdict"])

    def decide(self, action: Action) -> None:
        """Decide."""
        self.all_tasks()
        self.lines(f"task-decision-{action['decision']}", f"option-{action['option']}")

    def step(self, action: Action) -> None:
        """Do a step, with a person where one is named."""
        self.all_tasks()
        by = [f"by-{action['by']}"] if action.get("by") else []
        self.lines(f"task-procedure-{action['procedure']}", f"step-{action['step']}", *by)

    def wait(self, action: Action) -> None:
        """Let time of the site pass."""
        self.all_tasks()
        procedure = self.page.evaluate("psotWorkplace.engine.tasks().procedures[0].id")
        self.lines(f"task-procedure-{procedure}", "wait", f"wait-{action['minutes']}")

    def finish(self, _: Action) -> None:
        """Say that the run is finished, and take the headset off."""
        self.all_tasks()
        self.lines("finish", "finish-yes")
        until(self.page, "psotWorkplace.engine.state.ended === 'finished'")
