"""The virtual workplace: how its 3D view starts and draws in each tier, and 300 members at once.

    python -m bench.workplace [--scenario workshop-walk] [--members 300] [--actions 6] [--tiers low]

The view is drawn by the processor, as on a machine without graphics; start and chunk are set beside
their budgets, the main thread's time for a picture beside that of live screens. Members act over
connections of their own, all at once, against the product's web process on durable PostgreSQL;
peer, in the same run and as many at once: GET /healthz.
"""

import argparse
import json
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from bench.measured import checked_out


def main() -> None:
    """Measure and print a table and JSON."""
    # Beside this file stands nobody called `content`: the package of that name is meant.
    here = Path(__file__).resolve().parent
    sys.path[:] = [str(here.parent), *(one for one in sys.path if Path(one).resolve() != here)]
    from bench.workplace_members import members_at_once  # noqa: PLC0415 - after the line above
    from bench.workplace_views import Figure, chunk, tiers  # noqa: PLC0415
    from psot import migrations  # noqa: PLC0415
    from psot.library.start import load_start  # noqa: PLC0415
    from tests.content import told_to_nobody  # noqa: PLC0415
    from tests.services import (  # noqa: PLC0415
        postgres_running,
        throw_away_folder,
        valkey_running,
    )

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scenario", default="workshop-walk")
    parser.add_argument("--members", type=int, default=300)
    parser.add_argument("--actions", type=int, default=6)
    parser.add_argument("--tiers", nargs="*", default=["low", "mid", "high"])
    given = parser.parse_args()
    figures: list[Figure] = [chunk()]
    with ExitStack() as stack:
        folder = stack.enter_context(throw_away_folder())
        figures += tiers(folder, given.scenario, given.tiers)
        if given.members:
            postgres = stack.enter_context(postgres_running(extra={}))
            valkey = stack.enter_context(valkey_running())
            migrations.upgrade(postgres.url())
            with told_to_nobody(postgres.url()) as database:
                load_start(database)
            figures += members_at_once(
                postgres.url(),
                valkey.url(),
                folder,
                scenario=given.scenario,
                members=given.members,
                actions=given.actions,
            )
    commit = checked_out()
    print(f"\n{'what':<44}{'value':>10} {'unit':<8}{'ratio':>7}  to")
    for one in figures:
        print(f"{one.what:<44}{one.value:>10.1f} {one.unit:<8}{one.ratio:>7.2f}  {one.limit}")
    told = [{**asdict(one), "ratio": one.ratio} for one in figures]
    print(json.dumps({"commit": commit, "figures": told}, ensure_ascii=False))


if __name__ == "__main__":
    main()
