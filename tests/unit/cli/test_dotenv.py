"""The file .env: what it may hold, and that the environment wins."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from psot.cli import main
from psot.cli.dotenv import read_dotenv
from psot.config import BadSetting

ROOT = Path(__file__).resolve().parents[3]


def test_names_and_values_are_read_and_quotes_removed(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "# comment\n\nPSOT_PORT=8001\nexport OIDC_LABEL = 'Вход через ведомство'\nSMTP_USER=\"\"\n"
        "PSOT_BASE_URL=https://example.org/#part\n"
    )

    assert read_dotenv(file) == {
        "PSOT_PORT": "8001",
        "OIDC_LABEL": "Вход через ведомство",
        "SMTP_USER": "",
        "PSOT_BASE_URL": "https://example.org/#part",
    }


def test_no_file_is_no_settings(tmp_path: Path) -> None:
    assert read_dotenv(tmp_path / ".env") == {}


@pytest.mark.parametrize("line", ["PSOT_PORT", "=8000", "PSOT PORT=1"])
def test_a_line_that_is_no_setting_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / ".env"
    file.write_text(f"\n{line}\n")

    with pytest.raises(BadSetting, match="line 2"):
        read_dotenv(file)


@pytest.mark.parametrize(
    ("environment", "told"),
    [({}, "PSOT_PORT='from file'"), ({"PSOT_PORT": "from shell"}, "PSOT_PORT='from shell'")],
)
def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("PSOT_PORT=from file\n")
    # set and removed again, so that monkeypatch also removes what the command will have set
    monkeypatch.setenv("PSOT_PORT", "")
    monkeypatch.delenv("PSOT_PORT")

    assert told in CliRunner().invoke(main, ["scheduler"], env=environment).output


def test_the_example_file_is_read_as_no_setting_at_all() -> None:
    assert read_dotenv(ROOT / ".env.example") == {}
