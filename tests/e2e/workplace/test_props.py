"""An operator's own model in the 3D view: brought by the command, seen in the browser."""

import os
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from psot.cli import main
from tests.e2e.workplace.conftest import Works, begin
from tests.e2e.workplace.hands import InSpace, until
from tests.props import a_box, described, written
from tests.workplace import mini

# How many of the picture's dots are of the colour of our box, which nothing else has.
MAGENTA = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
  const shot = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const pen = new OffscreenCanvas(shot.width, shot.height).getContext("2d");
  pen.drawImage(shot, 0, 0);
  const dots = pen.getImageData(0, 0, shot.width, shot.height).data;
  let count = 0;
  for (let at = 0; at < dots.length; at += 4)
    count += dots[at] > 90 && dots[at + 2] > 90 && dots[at + 1] < 40 ? 1 : 0;
  return count;
}"""


def magenta(page: Page) -> int:
    shot = b64encode(page.locator(".work-stage canvas").screenshot()).decode()
    found: int = page.evaluate(MAGENTA, shot)
    return found


def with_model(name: str) -> dict[str, Any]:
    """Return the small shop with a model in place of its lathe."""
    row = mini(id=name)
    lathe = next(one for one in row["objects"] if one["id"] == "lathe")
    lathe["model"] = f"{name}.glb"
    return row


def data_dir(works: Works) -> Path:
    found: Path = works.app.extensions["psot.settings"].data_dir
    return found


@pytest.mark.timeout(240)  # drawn by the processor
def test_a_model_of_the_operator_stands_where_the_scenario_names_it(
    works: Works, tmp_path: Path
) -> None:
    file = tmp_path / "magenta.glb"
    file.write_bytes(a_box(size_m=1.4))
    where = os.environ | {"PSOT_DATA_DIR": str(data_dir(works))}
    assert CliRunner().invoke(main, ["practice", "prop", str(file)], env=where).exit_code == 0
    works.put(with_model("magenta"))

    with works.someone() as page, page.expect_response("**/props/magenta.glb") as sent:
        begin(page, "magenta")
        hands = InSpace(page)
        hands.start()
        hands.go_to("lathe")
        hands.close_card()

        assert sent.value.status == 200
        until(page, "psotWorkplace.view.stats().frames > 2")
        assert magenta(page) > 2_000
        hands.do({"kind": "report", "object": "lathe"})


@pytest.mark.timeout(240)
def test_a_model_that_points_outside_is_not_sent_and_the_kit_s_object_stays(works: Works) -> None:
    gltf, body = described()
    gltf["images"] = [{"uri": "https://pictures.example/wood.png"}]
    folder = data_dir(works) / "props"
    folder.mkdir(exist_ok=True)
    (folder / "outside.glb").write_bytes(written(gltf, body))
    works.put(with_model("outside"))
    asked: list[str] = []

    with works.someone() as page, page.expect_response("**/props/outside.glb") as sent:
        page.on("request", lambda one: asked.append(one.url))
        begin(page, "outside")
        hands = InSpace(page)
        hands.start()
        hands.go_to("lathe")

        assert sent.value.status == 422
        assert magenta(page) == 0
        assert all(one.startswith((works.base, "blob:", "data:")) for one in asked)
