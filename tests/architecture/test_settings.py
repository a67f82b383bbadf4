"""Every setting is told where people look for it: in the README and in .env.example."""

from pathlib import Path

import pytest

from psot.config import FIELDS, SETTINGS, BadSetting, Setting, Settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.name)
def test_the_readme_tells_the_setting(setting: Setting) -> None:
    default = f"`{setting.default}`" if setting.default else "empty"
    line = f"| `{setting.name}` | {default} | {setting.unit} | {setting.meaning} |"

    assert line in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_tells_every_setting_and_no_other() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()

    told = {
        line.lstrip("# ").split("=")[0] for line in lines if "=" in line and " " not in line[2:]
    }
    assert told == {one.name for one in SETTINGS}


def test_every_setting_has_its_field_and_every_field_its_setting() -> None:
    assert sorted(one.field for one in SETTINGS) == sorted(FIELDS)


def test_the_defaults_of_the_table_are_the_defaults_of_the_code() -> None:
    read = Settings.from_environment({})
    made = Settings(database_url="", redis_url="", data_dir=read.data_dir)

    differing = [
        name
        for name in FIELDS
        if getattr(read, name) != getattr(made, name)
        and name not in {"base_url", "allowed_origins"}
    ]
    assert differing == []


def test_a_value_that_does_not_fit_is_named() -> None:
    with pytest.raises(BadSetting, match=r"PSOT_PORT='eighty'"):
        Settings.from_environment({"PSOT_PORT": "eighty"})


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40 + "\n")

    settings = Settings.from_environment({"SECRET_KEY_FILE": str(tmp_path / "key")})

    assert settings.secret_key == "k" * 40


def test_a_secret_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="SECRET_KEY_FILE"):
        Settings.from_environment({"SECRET_KEY_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize("secret", ["", "short"])
def test_production_refuses_a_missing_or_short_secret(secret: str) -> None:
    settings = Settings.from_environment({"SECRET_KEY": secret})

    with pytest.raises(BadSetting, match="SECRET_KEY"):
        settings.require_secret()
    Settings.from_environment({"SECRET_KEY": secret, "PSOT_DEMO": "1"}).require_secret()
