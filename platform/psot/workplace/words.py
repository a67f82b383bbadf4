"""The sentences that the workplace speaks in the browser, in the member's language.

``{places}`` are filled in the browser; a sentence with forms is one of them by ``{n}``.
"""

from collections.abc import Callable

from flask_babel import ngettext, pgettext

Sentence = str | dict[str, str]


def words() -> dict[str, Sentence]:
    """Return all sentences by their names."""
    return {
        **_start(),
        **_views(),
        **_verdicts(),
        **_tasks(),
        **_panels(),
        **_debrief(),
        **_class(),
        **_author(),
    }


def _forms(sentence: Callable[[int], str]) -> dict[str, str]:
    """Return the forms of ``sentence`` by the names that browsers give them."""
    return {"one": sentence(1), "few": sentence(2), "many": sentence(5), "other": sentence(5)}


def _start() -> dict[str, Sentence]:
    """Before and after."""
    return {
        "mode.practice": pgettext("workplace", "Practice"),
        "mode.check": pgettext("workplace", "Check"),
        "modeHelp.practice": pgettext(
            "workplace", "Every verdict comes at once; hints cost a little"
        ),
        "modeHelp.check": pgettext(
            "workplace", "Nothing is judged before the end; there are no hints"
        ),
        "norm": _forms(lambda n: ngettext("Norm: {n} minute", "Norm: {n} minutes", n)),
        "objects": _forms(lambda n: ngettext("{n} object to look at", "{n} objects to look at", n)),
        "start3d": pgettext("workplace", "Start in 3D"),
        "startPlan": pgettext("workplace", "Start on the plan"),
        "startList": pgettext("workplace", "Start with the list"),
        "startHelp": pgettext(
            "workplace",
            "Plan and list give full marks as well; you can change the view at any time.",
        ),
        "no3d": pgettext(
            "workplace", "This browser cannot draw in 3D. Plan and list give full marks as well."
        ),
        "loading3d": pgettext("workplace", "The 3D view is coming…"),
        "failed3d": pgettext("workplace", "The 3D view did not start; here is the plan."),
        "paused": pgettext("workplace", "The trainer has paused"),
        "pausedHelp": pgettext("workplace", "The clock stands still. It goes on by itself."),
        "finish": pgettext("workplace", "Finish?"),
        "finishHelp": pgettext(
            "workplace",
            "After that nothing can be changed; the debrief shows what was missed, in its place.",
        ),
        "tasksLeft": _forms(
            lambda n: ngettext("{n} task has not been begun", "{n} tasks have not been begun", n)
        ),
        "finishYes": pgettext("workplace", "Finish"),
        "finishNo": pgettext("workplace", "Go on"),
        "ended.finished": pgettext("workplace", "The run is finished"),
        "ended.critical": pgettext("workplace", "Ended by a critical error"),
        "ended.stopped": pgettext("workplace", "The run was left"),
        "endedHelp": pgettext(
            "workplace",
            "The debrief walks through everything in its place, with the norm it rests on.",
        ),
        "toDebrief": pgettext("workplace", "To the debrief"),
    }


def _views() -> dict[str, Sentence]:
    """The views and what stands around them."""
    return {
        "stage": pgettext("workplace", "The workplace"),
        "side": pgettext("workplace", "Tasks and objects"),
        "headset": pgettext("workplace", "Put the headset on"),
        "scene": pgettext(
            "workplace",
            "The workplace in three dimensions. W, A, S, D walk, Q and E turn, Tab "
            "goes to the next object, Enter opens it.",
        ),
        "stick": pgettext("workplace", "Walk"),
        "report": pgettext("workplace", "This is a hazard"),
        "sure": pgettext("workplace", "Report a hazard here?"),
        "yes": pgettext("workplace", "Yes"),
        "no": pgettext("workplace", "No"),
        "leaveHeadset": pgettext("workplace", "Leave the headset"),
        "more": pgettext("workplace", "More…"),
        "back": pgettext("workplace", "Back"),
        "planOf": pgettext("workplace", "Plan: {title}. Arrow keys go from object to object."),
        "nearer": pgettext("workplace", "Zoom in"),
        "farther": pgettext("workplace", "Zoom out"),
        "metres": pgettext("workplace", "{n} m"),
        "listHelp": pgettext(
            "workplace",
            "Every object with what can be seen of it. Judge for yourself what is dangerous.",
        ),
        "objectsTitle": pgettext("workplace", "Objects"),
        "objectOf": pgettext("workplace", "Object {n} of {of}"),
        "tasks": pgettext("workplace", "Tasks"),
        "noTasks": pgettext("workplace", "No tasks yet: look around, some open by what you do."),
        "of": pgettext("workplace", "{n} / {of}"),
        "close": pgettext("workplace", "Close"),
        "pointed": pgettext("workplace", "The trainer points at: {name}"),
        "mark.found": pgettext("workplace", "hazard found"),
        "mark.false": pgettext("workplace", "no hazard here"),
        "mark.noted": pgettext("workplace", "reported"),
        "mark.missed": pgettext("workplace", "missed"),
        "mark.pointed": pgettext("workplace", "the trainer points here"),
        "link.good": pgettext("workplace", "connected"),
        "link.trying": pgettext("workplace", "sending…"),
        "link.lost": pgettext("workplace", "no connection: what you did is kept and sent again"),
        "refused": pgettext("workplace", "This cannot be done now."),
    }


def _verdicts() -> dict[str, Sentence]:
    """What is said about what was done."""
    return {
        "verdict.right": pgettext("workplace", "Right."),
        "verdict.partly": pgettext("workplace", "Partly right."),
        "verdict.wrong": pgettext("workplace", "Wrong."),
        "verdict.noted": pgettext("workplace", "Noted."),
        "verdict.found": pgettext("workplace", "Hazard found."),
        "verdict.falseAlarm": pgettext("workplace", "There is no hazard here."),
        "verdict.assessed.right": pgettext("workplace", "Kind and measure are right."),
        "verdict.assessed.partly": pgettext("workplace", "Only one of the two is right."),
        "verdict.assessed.wrong": pgettext(
            "workplace", "Neither the kind nor the measure is right."
        ),
        "verdict.assessed.noted": pgettext("workplace", "Kind and measure are noted."),
        "verdict.measured.right": pgettext("workplace", "The right instrument."),
        "verdict.measured.partly": pgettext("workplace", "Not the best instrument."),
        "verdict.measured.wrong": pgettext("workplace", "This instrument does not measure that."),
        "dressed": pgettext("workplace", "What this person wears has changed."),
        "hazardKind": pgettext("workplace", "What kind of hazard is it?"),
        "hazardControl": pgettext("workplace", "What should be done about it?"),
        "chooseBoth": pgettext("workplace", "Choose the kind and the measure."),
        "assess": pgettext("workplace", "Assess"),
        "newTask": pgettext("workplace", "New task: {title}."),
        "reading": pgettext("workplace", "It reads {value}."),
        "timeOver": pgettext("workplace", "Time is up."),
    }


def _tasks() -> dict[str, Sentence]:
    """Tasks by their kinds; steps of a procedure, waiting."""
    return {
        "task.procedure": pgettext("workplace", "Procedure"),
        "task.ppe": pgettext("workplace", "Protection"),
        "task.measurement": pgettext("workplace", "Measurement"),
        "task.document": pgettext("workplace", "Document"),
        "task.decision": pgettext("workplace", "Decision"),
        "task.open": pgettext("workplace", "to do"),
        "task.begun": pgettext("workplace", "begun"),
        "task.done": pgettext("workplace", "done"),
        "stepsDone": pgettext("workplace", "Done"),
        "stepsFirst": pgettext("workplace", "What is done first?"),
        "stepsNext": pgettext("workplace", "What is next?"),
        "confirmedBy": pgettext("workplace", " · with {name}"),
        "whoConfirms": pgettext("workplace", "Who does or confirms it with you?"),
        "choosePerson": pgettext("workplace", "Choose a person."),
        "doWithPerson": pgettext("workplace", "Do it together"),
        "waitTitle": pgettext("workplace", "Wait"),
        "waitHelp": pgettext(
            "workplace",
            "If something needs time, let it pass: this is the clock of the site, not yours.",
        ),
        "waited": _forms(
            lambda n: ngettext(
                "{n} minute has been waited on the site.",
                "{n} minutes have been waited on the site.",
                n,
            )
        ),
        "minutesShort": pgettext("workplace", "{n} min"),
    }


def _panels() -> dict[str, Sentence]:
    """Protection, measuring, documents, decisions, hints."""
    return {
        "ppeFor": pgettext("workplace", "Worn by: {name}"),
        "ppeSelf": pgettext("workplace", "You put it on yourself."),
        "ppeChoose": pgettext("workplace", "Choose what is needed and nothing that does harm"),
        "ppeWear": pgettext("workplace", "Put on: {n}"),
        "ppeNothing": pgettext("workplace", "Nothing was put on."),
        "instrument": pgettext("workplace", "Instrument"),
        "chooseInstrument": pgettext("workplace", "Choose an instrument."),
        "measure": pgettext("workplace", "Measure"),
        "noReading": pgettext("workplace", "no reading"),
        "conclusion": pgettext("workplace", "What follows from it?"),
        "concluded.safe": pgettext("workplace", "Safe: work may go on"),
        "concluded.unsafe": pgettext("workplace", "Unsafe: work must not go on"),
        "docHelp": pgettext(
            "workplace",
            "Read it as one who lets people work by it. Mark every line that is wrong or missing.",
        ),
        "docNone": pgettext("workplace", "Everything is in order"),
        "docMarked": _forms(
            lambda n: ngettext("Hand in with {n} mark", "Hand in with {n} marks", n)
        ),
        "docFlag": pgettext("workplace", "Fault"),
        "docEmpty": pgettext("workplace", "not filled in"),
        "paper.permit": pgettext("workplace", "Permit to work"),
        "paper.journal": pgettext("workplace", "Journal"),
        "paper.act": pgettext("workplace", "Act"),
        "paper.card": pgettext("workplace", "Card"),
        "tooLate": pgettext("workplace", "Time decided: {option}"),
        "timeLeft": pgettext("workplace", "Time left"),
        "secondsShort": pgettext("workplace", "s"),
        "hints": pgettext("workplace", "Hints"),
        "hintHelp": pgettext("workplace", "Each hint costs {percent} of all points of the run."),
        "hintTake": pgettext("workplace", "Take a hint: {percent}"),
        "hintMore": pgettext("workplace", "One more hint: {percent}"),
        "hintShow": pgettext("workplace", "Show: {name}"),
    }


def _debrief() -> dict[str, Sentence]:
    """Walking through a run once more."""
    return {
        "nothingMissed": pgettext("workplace", "Nothing was missed on the plan."),
        "walkBack": pgettext("workplace", "Back"),
        "walkOn": _forms(
            lambda n: ngettext("Walk through {n} place", "Walk through {n} places", n)
        ),
        "walkAt": pgettext("workplace", "{n} of {of}. {title}."),
        "nothingHere": pgettext("workplace", "Nothing was missed here."),
        "toLine": pgettext("workplace", "In the list"),
        "play": pgettext("workplace", "Play"),
        "pause": pgettext("workplace", "Pause"),
        "replayMoment": pgettext("workplace", "Moment of the run"),
        "bestPath": pgettext("workplace", "Best path"),
        "pathLength": pgettext("workplace", "Your way: {own} m. The best one: {best} m."),
        "did.look": pgettext("workplace", "Looked at: {name}"),
        "did.report": pgettext("workplace", "Reported a hazard: {name}"),
        "did.assess": pgettext("workplace", "Assessed the hazard: {name}"),
        "did.step": pgettext("workplace", "Did a step of a procedure"),
        "did.wait": pgettext("workplace", "Waited"),
        "did.wear": pgettext("workplace", "Chose protection"),
        "did.measure": pgettext("workplace", "Measured"),
        "did.conclude": pgettext("workplace", "Drew a conclusion"),
        "did.mark": pgettext("workplace", "Checked a document"),
        "did.decide": pgettext("workplace", "Decided"),
        "did.hint": pgettext("workplace", "Took a hint"),
        "did.finish": pgettext("workplace", "Finished"),
    }


def _class() -> dict[str, Sentence]:
    """A trainer's class."""
    return {
        "class.title": pgettext("workplace", "Participants"),
        "class.participant": pgettext("workplace", "Participant"),
        "class.progress": pgettext("workplace", "Done"),
        "class.found": pgettext("workplace", "Hazards"),
        "class.score": pgettext("workplace", "Score"),
        "class.state": pgettext("workplace", "State"),
        "class.none": pgettext(
            "workplace", "Nobody is here yet. Give the participants the code or the link."
        ),
        "class.counts": _forms(
            lambda n: ngettext(
                "{n} participant, {over} finished", "{n} participants, {over} finished", n
            )
        ),
        "class.point": pgettext("workplace", "Point at an object"),
        "class.pointHelp": pgettext(
            "workplace", "Press an object: everybody sees it marked. Press it again to stop."
        ),
        "class.pointing": pgettext("workplace", "You point at: {name}"),
        "class.unpoint": pgettext("workplace", "Stop pointing"),
        "class.pause": pgettext("workplace", "Pause everybody"),
        "class.goOn": pgettext("workplace", "Go on"),
        "class.paused": pgettext("workplace", "Paused: everybody's clock stands still."),
        "class.running": pgettext("workplace", "The class is working."),
        "class.close": pgettext("workplace", "Close the class"),
        "class.closeTitle": pgettext("workplace", "Close the class?"),
        "class.closeHelp": pgettext(
            "workplace", "Nobody can join any more; unfinished runs end here."
        ),
        "class.closeYes": pgettext("workplace", "Close"),
        "class.closeNo": pgettext("workplace", "Leave it open"),
        "class.closed": pgettext("workplace", "The class is closed."),
        "class.failed": pgettext("workplace", "That did not get through. Try again."),
        "class.works": pgettext("workplace", "working"),
        "class.waits": pgettext("workplace", "waiting"),
        "class.finished": pgettext("workplace", "finished"),
        "class.critical": pgettext("workplace", "critical error"),
        "class.stopped": pgettext("workplace", "left"),
    }


def _author() -> dict[str, Sentence]:
    """The author's desk."""
    return {
        "author.help": pgettext(
            "workplace",
            "Drag an object, or focus it and press Shift and an arrow key (with Alt: "
            "half a metre). Its place in the text follows.",
        ),
        "author.good": pgettext("workplace", "Everything is in order."),
        "author.problems": _forms(lambda n: ngettext("{n} problem", "{n} problems", n)),
        "author.failed": pgettext(
            "workplace", "The check cannot be reached; what you write stays here."
        ),
        "author.moved": pgettext("workplace", "{name}: {x}; {z}"),
        "author.stuck": pgettext("workplace", "The place of “{name}” is not found in the text."),
    }
