"""The racer's screen as a racer uses it: what it shows, and the keys 1 to 5."""

from typing import Any, cast

from playwright.sync_api import Page, expect

READ = """() => {
  const panel = document.querySelector("[data-panel]");
  const text = (one) => one?.textContent ?? "";
  return {
    phase: panel.dataset.phase,
    title: text(document.querySelector("#panel-title")),
    question: text(document.querySelector("#question")),
    options: [...document.querySelectorAll(".option span")].map(text),
    targets: [...document.querySelectorAll(".shot")].map((one) => one.className),
    sent: document.querySelector(".option[aria-pressed=true]") !== null,
    note: text(document.querySelector("[data-note]")),
    link: document.querySelector("[data-link]").dataset.link,
  };
}"""
ENDS = {"finished", "out", "closed", "taken", "refused"}
PRESS_AGAIN_MS = 300
STEPS = 1500


class Screen:
    """One page of a racer; ``right`` tells the right option of each question by its text."""

    def __init__(self, page: Page, right: dict[str, str]) -> None:
        self.page = page
        self.right = right

    def read(self) -> dict[str, Any]:
        """What is on the screen now, all of one moment."""
        return cast("dict[str, Any]", self.page.evaluate(READ))

    def awaits(self, *phases: str) -> dict[str, Any]:
        """Wait until one of ``phases`` is shown; gives what is shown then."""
        chosen = ", ".join(f"[data-phase='{one}']" for one in phases)
        expect(self.page.locator(chosen)).to_be_visible()
        return self.read()

    def press(self, *, right: bool) -> None:
        """Press the key of a right or a wrong answer to the question shown, once."""
        shown = self.read()
        wanted = self.right[shown["question"]]
        place = next(n for n, one in enumerate(shown["options"]) if (one == wanted) is right)
        self.page.keyboard.press(str(place + 1))

    def answer(self, *, right: bool) -> dict[str, Any]:
        """Answer the question shown; gives what is shown when it has gone."""
        before = self.read()
        for step in range(STEPS):
            shown = self.read()
            if (shown["question"], shown["title"]) != (before["question"], before["title"]):
                return shown
            # A second press within a quarter of a second is the same press, so it may take another.
            if step % 10 == 0 and not shown["sent"]:
                self.press(right=right)
            self.page.wait_for_timeout(PRESS_AGAIN_MS / 10)
        raise AssertionError(f"the answer does not get through: {before}")
