"""Loading 10,000 questions, searching 100,000 passages, and the pages of the library.

    python -m bench.content [--questions 10000] [--passages 100000] [--queries 500] [--rounds 200]

Durable PostgreSQL, as in production; the pages come from the product's own web process over
keep-alive connections, their statements are counted in the same app without a server. Peers, in
the same run: COPY of the same rows and libyaml's reading of the same files; SELECT 1 and an
unranked count of the same words; GET /healthz.
"""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path


def main() -> None:
    """Measure all three and print a table and JSON."""
    # Beside this file stands nobody called `content`: the package of that name is meant.
    here = Path(__file__).resolve().parent
    sys.path[:] = [str(here.parent), *(one for one in sys.path if Path(one).resolve() != here)]
    from bench.content_corpus import Words  # noqa: PLC0415 - after the line above
    from bench.content_figures import report  # noqa: PLC0415
    from bench.content_pages import pages  # noqa: PLC0415
    from bench.content_stores import loads, searches  # noqa: PLC0415
    from psot import migrations  # noqa: PLC0415
    from psot.library.start import load_start  # noqa: PLC0415
    from tests.content import told_to_nobody  # noqa: PLC0415
    from tests.services import (  # noqa: PLC0415
        postgres_running,
        throw_away_folder,
        valkey_running,
    )

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=200)
    given = parser.parse_args()
    words = Words.of_the_start_pack(seed=11)
    with ExitStack() as stack:
        folder = stack.enter_context(throw_away_folder())
        postgres = stack.enter_context(postgres_running(extra={}))
        valkey = stack.enter_context(valkey_running())
        migrations.upgrade(postgres.url())
        with told_to_nobody(postgres.url()) as database:
            load_start(database)
            steps = loads(database, folder / "pack", words, given.questions)
            found = searches(database, words, given.passages, given.queries)
        shown = pages(postgres.url(), valkey.url(), folder, given.rounds)
    report(steps, found, shown)


if __name__ == "__main__":
    main()
