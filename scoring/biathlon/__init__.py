"""The biathlon: the rules of a race of knowledge, pure. Facts in, race state out."""

from scoring.biathlon.awaits import awaited
from scoring.biathlon.book import Book, Race, replay
from scoring.biathlon.bout import Bout, Shot, shootings
from scoring.biathlon.course import Course, Mark, Point, course_of
from scoring.biathlon.document import RaceDocument, read_race
from scoring.biathlon.draw import Candidate, DrawnTeam, draw_teams
from scoring.biathlon.filing import RaceFact
from scoring.biathlon.fold import CourseFact, Impossible
from scoring.biathlon.formats import (
    Format,
    Leg,
    Penalty,
    PenaltyKind,
    Standing,
    StartKind,
    StartRule,
    format_names,
    load_format,
)
from scoring.biathlon.live import BoardRow, board
from scoring.biathlon.machine import IRM, UNDER_WAY, State, Symbol, regular
from scoring.biathlon.points import Place, places, points_of, points_table, tenths
from scoring.biathlon.protocol import Protocol, Result, protocol
from scoring.biathlon.racer import Entry, Racer, Team
from scoring.biathlon.season import (
    Score,
    SeasonRace,
    by_discipline,
    regions_cup,
    relays,
    season_race,
    standings,
    total,
)
from scoring.biathlon.season import Standing as SeasonStanding
from scoring.biathlon.splits import Split, at_point, splits
from scoring.biathlon.starts import Qualified, pursuit_starts, start_times
from scoring.biathlon.steer import Deed, Hold, HoldKind, Steered, Steering, Wanted, steer
from scoring.biathlon.teams import LegResult, TeamResult
from scoring.biathlon.times import Times, times
from scoring.biathlon.written import written
from scoring.fields import Malformed

__all__ = [
    "IRM",
    "UNDER_WAY",
    "BoardRow",
    "Book",
    "Bout",
    "Candidate",
    "Course",
    "CourseFact",
    "Deed",
    "DrawnTeam",
    "Entry",
    "Format",
    "Hold",
    "HoldKind",
    "Impossible",
    "Leg",
    "LegResult",
    "Malformed",
    "Mark",
    "Penalty",
    "PenaltyKind",
    "Place",
    "Point",
    "Protocol",
    "Qualified",
    "Race",
    "RaceDocument",
    "RaceFact",
    "Racer",
    "Result",
    "Score",
    "SeasonRace",
    "SeasonStanding",
    "Shot",
    "Split",
    "Standing",
    "StartKind",
    "StartRule",
    "State",
    "Steered",
    "Steering",
    "Symbol",
    "Team",
    "TeamResult",
    "Times",
    "Wanted",
    "at_point",
    "awaited",
    "board",
    "by_discipline",
    "course_of",
    "draw_teams",
    "format_names",
    "load_format",
    "places",
    "points_of",
    "points_table",
    "protocol",
    "pursuit_starts",
    "read_race",
    "regions_cup",
    "regular",
    "relays",
    "replay",
    "season_race",
    "shootings",
    "splits",
    "standings",
    "start_times",
    "steer",
    "tenths",
    "times",
    "total",
    "written",
]
