"""The example file lists every setting, with its default, unit and meaning."""

from pathlib import Path

from psot.config import SETTINGS

EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"


def test_the_example_file_lists_every_setting_in_the_order_of_the_table() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")[1:]

    assert blocks == [
        f"# {one.meaning} [{one.unit}]\n# {one.name}={one.default}" for one in SETTINGS
    ]
