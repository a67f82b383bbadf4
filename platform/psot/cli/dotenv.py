"""Settings kept in a file beside the product, for those who would rather not export them."""

from collections.abc import Mapping
from pathlib import Path

from psot.config import BadSetting


def read_dotenv(path: Path) -> Mapping[str, str]:
    """Settings written in a file, one ``NAME=value`` a line; none when there is no such file.

    Empty lines and lines that begin with ``#`` are left out; quotes around a value are removed.
    Raises BadSetting for any other line.
    """
    if not path.is_file():
        return {}
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, sign, value = text.removeprefix("export ").partition("=")
        if not sign or not name.strip().isidentifier():
            raise BadSetting(f"{path}, line {number}: expected NAME=value")
        value = value.strip()
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
        found[name.strip()] = value[1:-1] if quoted else value
    return found
