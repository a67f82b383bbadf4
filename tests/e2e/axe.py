"""What axe has to say about a page as it stands in the browser."""

from functools import cache
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

AXE = Path(__file__).parents[2] / "platform/frontend/node_modules/axe-core/axe.min.js"

RUN = """async () => {
  if (!("axe" in window)) return null;
  const told = await axe.run(document, { resultTypes: ["violations"] });
  return told.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def carry(context: BrowserContext) -> None:
    """Let every page of ``context`` come with the program: it is large to send to each.

    It runs before the page's own scripts, outside what the page's content policy rules.
    """
    context.add_init_script(path=AXE)


def violations(page: Page) -> list[str]:
    """Return every violation as "rule: element: what to do"; an empty list is the aim.

    The program is evaluated, not added as a script: the page's content policy stays as it is.
    """
    found: list[str] | None = page.evaluate(RUN)
    if found is None:
        page.evaluate(_source())
        found = page.evaluate(RUN)
    assert found is not None, "axe is in the page now"
    return found
