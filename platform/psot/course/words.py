"""The sentences that the racer's screen speaks, in the reader's language.

``{places}`` are filled in the browser; a sentence with forms is one of them by ``{n}``.
"""

from collections.abc import Callable

from flask_babel import gettext, ngettext, pgettext

Sentence = str | dict[str, str]


def words() -> dict[str, Sentence]:
    """Return all sentences by their names."""
    return {**_line(), **_course(), **_range(), **_ends(), **_places(), **_link()}


def _forms(sentence: Callable[[int], str]) -> dict[str, str]:
    """Return the forms of ``sentence`` by the names that browsers give them."""
    return {"one": sentence(1), "few": sentence(2), "many": sentence(5), "other": sentence(5)}


def _line() -> dict[str, Sentence]:
    return {
        "zeroing": gettext("Zeroing"),
        "zeroingTitle": gettext("Waiting for the start"),
        "startIn": gettext("Your start is in"),
        "startByHand": gettext("The organizer gives the start. This page goes on by itself."),
        "onTheLine": gettext("On the start line"),
        "ready": gettext("Get ready"),
        "readyText": gettext("The first task opens by itself. Answer with keys 1 to 5 or a tap."),
        "practiceTitle": gettext("Practice range"),
        "practiceHelp": gettext(
            "Nothing counts here. One target lights up: press its number or tap it."
        ),
        "practiceAgain": gettext("Once more"),
        "practiceResult": gettext("{hits} of 5, {time} s a shot"),
        "linkTitle": gettext("Your connection"),
        "connection": gettext("Way"),
        "delay": gettext("Measured delay"),
        "allowance": gettext("Allowance"),
        "allowanceText": gettext(
            "The server itself measures how long your answers travel and adds as much to the time"
            " of every shot, within limits that are the same for all. Nothing has to be set up."
        ),
        "notYet": gettext("being measured"),
        "ms": pgettext("unit", "ms"),
        "legOf": gettext("Leg {n} of {of}"),
        "waitingTitle": gettext("Your team mate is on the course"),
        "waitingText": gettext(
            "Your clock starts the moment your team mate hands over. Stay here: the first task"
            " opens by itself."
        ),
        "teamPlace": gettext("Your team: place {rank} of {of}"),
        "enteringTitle": gettext("Taking your place"),
        "enteringText": gettext("One moment."),
    }


def _course() -> dict[str, Sentence]:
    return {
        "lapOf": gettext("Lap {lap} of {laps}"),
        "stationOf": gettext("Station {n} of {of}"),
        "falls": gettext("Falls at this station: {n} of {of}"),
        "passed": gettext("Right: you go on"),
        "fall": gettext("Wrong: a fall"),
        "fallTitle": gettext("A fall"),
        "fallText": gettext("Back on your feet in a moment, then a new task."),
        "fallLast": gettext("Back on your feet in a moment, then the way is free."),
        "betweenTitle": gettext("On the way"),
        "betweenText": gettext("The next task is coming."),
        "memo": gettext("Memo on the topic"),
        "timeLeft": gettext("Time left"),
        "secondsShort": pgettext("unit", "s"),
        "secondsLeft": _forms(lambda n: ngettext("{n} second left", "{n} seconds left", n)),
        "courseSummary": gettext("You are on lap {lap} of {laps}: {section}."),
    }


def _range() -> dict[str, Sentence]:
    return {
        "boutOf": gettext("Shooting {n} of {of}"),
        "prone": pgettext("position", "prone"),
        "standing": pgettext("position", "standing"),
        "shotOf": gettext("Shot {n} of {of}"),
        "spareAt": gettext("Spare round at target {n}"),
        "targets": gettext("Targets"),
        "target.hit": pgettext("target", "hit"),
        "target.miss": pgettext("target", "miss"),
        "target.aim": pgettext("target", "aiming"),
        "target.wait": pgettext("target", "waiting"),
        "hit": gettext("Hit"),
        "miss": gettext("Miss"),
        "late": gettext("Miss: time is up"),
        "reloadTitle": gettext("Reloading"),
        "sparesLeft": _forms(
            lambda n: ngettext("{n} spare round left", "{n} spare rounds left", n)
        ),
        "loopOf": gettext("Penalty loop {n} of {of}"),
        "loopText": gettext("You cannot ski it faster. Read what the missed question was about."),
        "loopsLeft": _forms(lambda n: ngettext("{n} loop to ski", "{n} loops to ski", n)),
        "loopShort": gettext("loop"),
    }


def _ends() -> dict[str, Sentence]:
    return {
        "finish": gettext("Finish"),
        "finishTitle": gettext("You are in!"),
        "finishText": gettext(
            "The place may still change while others are on the course. Right answers and"
            " explanations open when the race is locked."
        ),
        "placeOf": gettext("Place {rank} of {of}"),
        "placeSoon": gettext("Your place is being counted"),
        "total": gettext("Total time"),
        "toLeader": gettext("Behind the leader"),
        "leading": gettext("leading"),
        "shooting": gettext("Misses"),
        "toProtocol": gettext("To the results"),
        "toRace": gettext("To the page of the race"),
        "exchange": gettext("Exchange"),
        "handedTitle": gettext("Handed over"),
        "raceOver": gettext("The race is over for you"),
        "out.DNS": gettext("You did not start"),
        "out.DNF": gettext("You did not finish"),
        "out.DSQ": gettext("You were disqualified"),
        "out.LAP": gettext("You were lapped"),
        "outText": gettext("What you did until now stays in the results."),
        "closedTitle": gettext("The course is closed"),
        "closedText": gettext("The jury checks the results. The protocol follows on its page."),
        "otherDevice": gettext("Another tab or device"),
        "takenTitle": gettext("You race elsewhere now"),
        "takenText": gettext(
            "The race was opened in another tab or on another device. The clock goes on there; you"
            " can go on here exactly where you are."
        ),
        "takeBack": gettext("Go on here"),
        "tryAgain": gettext("Try again"),
        "refusedTitle": gettext("You cannot race here now"),
        "refusedText": gettext("The server did not let this page in."),
    }


def _places() -> dict[str, Sentence]:
    return {
        "member": gettext("Member {number}"),
        "point.station": gettext("Lap {lap}, station {n}"),
        "point.range_entry": gettext("Lap {lap}, onto the range"),
        "point.range_exit": gettext("Lap {lap}, off the range"),
        "point.loop_exit": gettext("Lap {lap}, after the loop"),
        "point.lap_end": gettext("Lap {lap}, end"),
        "point.exchange": gettext("Exchange"),
        "point.finish": gettext("Finish"),
        "mark.station": gettext("Station {n}"),
        "mark.range_entry": gettext("Onto the range"),
        "mark.range_exit": gettext("Off the range"),
        "mark.loop_exit": gettext("After the loop"),
        "mark.lap_end": gettext("Lap end"),
        "mark.exchange": gettext("Exchange"),
        "mark.finish": gettext("Finish"),
        "section.range": gettext("on the range"),
        "section.loop": gettext("in the penalty loop"),
        "section.course": gettext("between two points"),
        "section.line": gettext("on the start line"),
        "section.finish": gettext("at the finish"),
        "splitBest": gettext("{point}: place {rank}"),
        "splitNews": gettext("{point}: place {rank}, {gap}"),
    }


def _link() -> dict[str, Sentence]:
    return {
        "link.connecting": gettext("connecting"),
        "link.socket": gettext("live line"),
        "link.http": gettext("spare line"),
        "link.lost": gettext("no connection"),
        "lost": gettext("The connection is lost. We keep trying; the race goes on."),
        "lostKept": gettext(
            "The connection is lost. Your answer is kept and leaves as soon as there is one again."
        ),
    }
