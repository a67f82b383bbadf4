"""What axe has to say about a page as it stands in the browser."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "platform/frontend/node_modules/axe-core/axe.min.js"

RUN = """async () => {
  const told = await axe.run(document, { resultTypes: ["violations"] });
  return told.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Return every violation as "rule: element: what to do"; an empty list is the aim.

    The program is evaluated, not added as a script: the page's content policy stays as it is.
    """
    page.evaluate(_source())
    found: list[str] = page.evaluate(RUN)
    return found
