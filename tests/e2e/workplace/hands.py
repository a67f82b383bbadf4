"""Hands of a member: the same actions by keyboard on the list, by mouse on the plan and in 3D."""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

Action = Mapping[str, Any]
PATIENCE_S = 90


def until(page: Page, true: str) -> None:
    """Wait until an expression holds on the page, whose policy lets nothing be polled inside it."""
    patient_until = time.monotonic() + PATIENCE_S
    while not page.evaluate(f"Boolean({true})"):
        assert time.monotonic() < patient_until, true
        page.wait_for_timeout(40)


class Hands:
    """Does actions of a run on its page; how things are pressed is told by the way."""

    where = "list"
    way = "list"

    def __init__(self, page: Page) -> None:
        self.page = page

    def start(self) -> None:
        """Begin in the view of these hands."""
        self.press(self.page.locator(f"[data-key=start-{self.way}]"))

    def press(self, what: Locator) -> None:
        """Press a button."""
        what.focus()
        self.page.keyboard.press("Enter")

    def choose(self, name: str, value: str) -> None:
        """Choose a radio button or tick a box."""
        self.page.locator(f'[data-key="{name}-{value}"]').focus()
        self.page.keyboard.press("Space")

    def go_to(self, object_id: str) -> None:
        """Have an object's actions before oneself."""
        self.page.locator(f'.work-card[data-object="{object_id}"]').scroll_into_view_if_needed()

    def do(self, action: Action) -> None:
        """Do an action, and wait until the page knows what came of it."""
        kind = action["kind"]
        getattr(self, kind)(action)
        if kind != "finish":
            until(self.page, _known(action))
        until(self.page, "!psotWorkplace.engine.status.busy")

    def key(self, name: str) -> Locator:
        """Find what can be pressed by its name."""
        return self.page.locator(f'[data-key="{name}"]')

    def report(self, action: Action) -> None:
        """Report a hazard."""
        self.go_to(action["object"])
        self.press(self.key(f"{self.where}-report-{action['object']}"))

    def assess(self, action: Action) -> None:
        """Say kind and control of a hazard."""
        self.go_to(action["object"])
        self.choose(f"{self.where}-kind-{action['object']}", action["hazard_kind"])
        self.choose(f"{self.where}-control-{action['object']}", action["control"])
        self.press(self.key(f"{self.where}-assess-{action['object']}"))

    def open(self, kind: str, name: str) -> None:
        """Open a task's panel, unless it is open."""
        panel = self.page.locator(f'.work-panel[open][data-task="{kind}:{name}"]')
        if not panel.count():
            self.press(self.page.locator(f'.work-side [data-task="{kind}:{name}"]'))
            panel.wait_for()

    def step(self, action: Action) -> None:
        """Do a step, with a person where one is named."""
        name = f"{action['procedure']}-{action['step']}"
        self.open("procedure", action["procedure"])
        self.press(self.key(f"step-{name}"))
        if action.get("by"):
            self.choose(f"by-{name}", action["by"])
            self.press(self.key(f"do-{name}"))

    def wait(self, action: Action) -> None:
        """Let time of the site pass, in the portions that there are."""
        procedure = self.page.evaluate("psotWorkplace.engine.tasks().procedures[0].id")
        self.open("procedure", procedure)
        left = action["minutes"]
        before = self.page.evaluate("psotWorkplace.engine.state.waited_min")
        while left > 0:
            portion = next((one for one in (60, 30, 15, 10, 5) if one <= left), 5)
            left -= portion
            before += portion
            self.press(self.key(f"wait-{procedure}-{portion}"))
            until(self.page, f"psotWorkplace.engine.state.waited_min === {before}")

    def wear(self, action: Action) -> None:
        """Put protection on."""
        self.open("ppe", action["ppe"])
        for one in action["items"]:
            self.choose(f"ppe-{action['ppe']}", one)
        self.press(self.key(f"wear-{action['ppe']}"))

    def measure(self, action: Action) -> None:
        """Take a reading."""
        self.open("measurement", action["measurement"])
        self.choose(f"instrument-{action['measurement']}", action["instrument"])
        self.press(self.key(f"measure-{action['measurement']}"))

    def conclude(self, action: Action) -> None:
        """Say what follows from a reading."""
        self.open("measurement", action["measurement"])
        self.press(self.key(f"{action['verdict']}-{action['measurement']}"))

    def mark(self, action: Action) -> None:
        """Mark what is wrong in a document."""
        self.open("document", action["document"])
        for one in action["fields"]:
            self.choose(f"field-{action['document']}", one)
        self.press(self.key(f"mark-{action['document']}"))

    def decide(self, action: Action) -> None:
        """Decide."""
        self.open("decision", action["decision"])
        self.press(self.key(f"decide-{action['decision']}-{action['option']}"))

    def finish(self, _: Action) -> None:
        """Say that the run is finished."""
        self.close_panel()
        self.press(self.key("finish"))
        self.press(self.key("finish-yes"))
        self.page.locator("#work-end-title").wait_for()

    def close_panel(self) -> None:
        """Close the task's panel."""
        panel = self.page.locator(".work-panel[open] [data-key=close]")
        if panel.count():
            self.press(panel)


class OnThePlan(Hands):
    """A mouse on the plan: nothing is focused by the test."""

    where = "card"
    way = "plan"

    def press(self, what: Locator) -> None:
        """Click."""
        what.click()

    def choose(self, name: str, value: str) -> None:
        """Click the tile."""
        self.page.locator(f'[data-key="{name}-{value}"]').click()

    def go_to(self, object_id: str) -> None:
        """Click the object's number, unless its card is open."""
        if self._open(object_id):
            return
        self.close_panel()
        self.close_card()
        box = self.page.locator(
            f'.plan-object[data-object="{object_id}"] .plan-disc'
        ).bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.wait_for_selector(f'.work-closer[open][data-object="{object_id}"]')

    def open(self, kind: str, name: str) -> None:
        """Open a task from the side, which a panel would hide; what is urgent opens itself."""
        panel = self.page.locator(f'.work-panel[open][data-task="{kind}:{name}"]')
        for _time in range(PATIENCE_S):
            if panel.count():
                return
            self.close_panel()
            with suppress(PlaywrightTimeout):
                self.page.locator(f'.work-side [data-task="{kind}:{name}"]').click(timeout=1_000)
                panel.wait_for(timeout=1_000)
        panel.wait_for()

    def close_card(self) -> None:
        """Close the object's card: it may lie over what comes next."""
        card = self.page.locator(".work-closer[open] [data-key=close]")
        if card.count():
            self.press(card)

    def _open(self, object_id: str) -> bool:
        return bool(self.page.locator(f'.work-closer[open][data-object="{object_id}"]').count())


class InSpace(OnThePlan):
    """A mouse in the 3D view: a click at a point that really hits the object."""

    way = "walk"

    def start(self) -> None:
        """Begin in 3D and wait for the view."""
        super().start()
        until(self.page, "psotWorkplace.view")

    def _point(self, object_id: str) -> dict[str, float] | None:
        """Look at the object; where on the screen a click would hit it."""
        name = json.dumps(object_id)
        self.page.evaluate(f"psotWorkplace.view.lookAt({name})")
        self.page.wait_for_timeout(100)
        found: dict[str, float] | None = self.page.evaluate(
            f"psotWorkplace.view.screenPoint({name})"
        )
        return found

    def go_to(self, object_id: str) -> None:
        """Look at the object and click on it."""
        if self._open(object_id):
            return
        self.close_panel()
        self.close_card()
        point = self._point(object_id)
        if (
            point is None
        ):  # from where one stands something is in the way: seen from above it is not
            self.press(self.page.locator("[data-view=overview]"))
            point = self._point(object_id)
        assert point is not None, f"{object_id} is not seen"
        self.page.mouse.click(point["x"], point["y"])
        self.page.wait_for_selector(f'.work-closer[open][data-object="{object_id}"]')


_KNOWN: Mapping[str, Callable[[Action], str]] = {
    "report": lambda one: f"state.reported[{json.dumps(one['object'])}]",
    "assess": lambda one: f"state.assessed[{json.dumps(one['object'])}]",
    "step": lambda one: (
        f"state.stepped[{json.dumps(one['procedure'])}]"
        f"?.some((each) => each.step === {json.dumps(one['step'])})"
    ),
    "wait": lambda _: "state.waited_min",
    "wear": lambda one: f"state.worn[{json.dumps(one['ppe'])}]",
    "measure": lambda one: f"state.measured[{json.dumps(one['measurement'])}]",
    "conclude": lambda one: f"state.concluded[{json.dumps(one['measurement'])}]",
    "mark": lambda one: f"state.marked[{json.dumps(one['document'])}]",
    "decide": lambda one: f"state.decided[{json.dumps(one['decision'])}]",
}


def _known(action: Action) -> str:
    return f"psotWorkplace.engine.{_KNOWN[action['kind']](action)}"
