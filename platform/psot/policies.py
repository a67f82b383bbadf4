"""Who may do what: ONE table for routes, one for socket events. What is not listed is refused.

A policy says who passes the door; whether a member may see *this* object is decided by the room's
query, which never returns another's.
"""

from dataclasses import dataclass
from typing import Protocol

ROLES = (
    "participant",
    "expert",
    "official",
    "editor",
    "organizer",
    "jury",
    "administrator",
)

# Outside demo mode these roles sign in with a second factor, or only get as far as setting one up.
SECOND_FACTOR = frozenset({"editor", "organizer", "jury", "administrator"})


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Who passes: anybody (``signed_in`` false), any member, or members with one of ``roles``.

    ``before_second_factor`` doors stay open to a member who still has to set up the second factor.
    """

    signed_in: bool = True
    roles: frozenset[str] = frozenset()
    before_second_factor: bool = False


class Caller(Protocol):
    """What a policy asks of the one who calls."""

    @property
    def roles(self) -> frozenset[str]:
        """Names of the roles held."""

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role asks for a second factor that is not set up yet."""


def refusal(policy: Policy, caller: Caller | None) -> str:
    """Return why ``caller`` (None: not signed in) may not pass, or "" where they may.

    One of "sign_in_required", "second_factor_required", "forbidden".
    """
    if not policy.signed_in:
        return ""
    if caller is None:
        return "sign_in_required"
    if caller.needs_second_factor and not policy.before_second_factor:
        return "second_factor_required"
    if policy.roles and policy.roles.isdisjoint(caller.roles):
        return "forbidden"
    return ""


def allows(policy: Policy, caller: Caller | None) -> bool:
    """Tell whether ``caller`` (None: not signed in) may pass ``policy``."""
    return not refusal(policy, caller)


PUBLIC = Policy(signed_in=False, before_second_factor=True)
MEMBER = Policy()
# A member's own account: reachable before the second factor is set up, else it never could be.
ACCOUNT = Policy(before_second_factor=True)
EDITOR = Policy(roles=frozenset({"editor", "administrator"}))
TRAINER = Policy(roles=frozenset({"expert", "editor", "organizer", "administrator"}))
ORGANIZER = Policy(roles=frozenset({"organizer", "administrator"}))
JURY = Policy(roles=frozenset({"jury", "organizer", "administrator"}))
ADMINISTRATOR = Policy(roles=frozenset({"administrator"}))
OFFICIAL = Policy(roles=frozenset({"official", "organizer", "administrator"}))

ROUTES: dict[str, Policy] = {
    "static": PUBLIC,
    # reading: everything published is for everybody, what is one's own for oneself
    "reading.topics": PUBLIC,
    "reading.topic": PUBLIC,
    "reading.lesson": PUBLIC,
    "reading.search": PUBLIC,
    "reading.acts": PUBLIC,
    "reading.act": PUBLIC,
    "reading.norm": PUBLIC,
    "reading.glossary": PUBLIC,
    "reading.picture": PUBLIC,
    "reading.read": MEMBER,
    "reading.place": MEMBER,
    "reading.bookmarks": MEMBER,
    "reading.mark": MEMBER,
    # shell
    "shell.home": PUBLIC,
    "shell.preferences": PUBLIC,
    # members: coming in
    "security.login": PUBLIC,
    "security.logout": PUBLIC,
    "security.register": PUBLIC,
    "security.send_confirmation": PUBLIC,
    "security.confirm_email": PUBLIC,
    "security.forgot_password": PUBLIC,
    "security.reset_password": PUBLIC,
    "security.two_factor_token_validation": PUBLIC,
    "security.two_factor_rescue": PUBLIC,
    "security.tf_select": PUBLIC,
    "security.mf_recovery": PUBLIC,
    "members.sent": PUBLIC,
    "members.document": PUBLIC,
    "members.accept_invitation": PUBLIC,
    "members.outside_start": PUBLIC,
    "members.outside_back": PUBLIC,
    "members.arrive": PUBLIC,
    # members: the own account
    "security.verify": ACCOUNT,
    "security.change_password": ACCOUNT,
    "security.change_email": ACCOUNT,
    "security.change_email_confirm": ACCOUNT,
    "security.two_factor_setup": ACCOUNT,
    "security.two_factor_setup_validate": ACCOUNT,
    "security.mf_recovery_codes": ACCOUNT,
    "members.settings": ACCOUNT,
    "members.own_sessions": ACCOUNT,
    "members.end_session": ACCOUNT,
    "members.end_other_sessions": ACCOUNT,
    "members.own_consents": ACCOUNT,
    "members.choose_boards": ACCOUNT,
    "members.mails": ORGANIZER,
    "members.one_mail": ORGANIZER,
    # api: what a token may do besides, its contract says
    "api.me": MEMBER,
    "api.regions": PUBLIC,
    "api.quizzes": PUBLIC,
    "api.quiz": PUBLIC,
    "api.start_attempt": MEMBER,
    "api.start_mode": MEMBER,
    "api.stop_attempt": MEMBER,
    "api.attempt": MEMBER,
    "api.answer": MEMBER,
    "api.members_ratings": PUBLIC,
    "api.own_rating": MEMBER,
    "api.regions_ratings": PUBLIC,
    "api.races": PUBLIC,
    "api.race": PUBLIC,
    "api.register_for_race": MEMBER,
    "api.withdraw_from_race": MEMBER,
    "api.race_start_list": PUBLIC,
    "api.race_standings": PUBLIC,
    "api.race_protocol": PUBLIC,
    "api.race_season": PUBLIC,
    "api.enter_race": MEMBER,
    "api.look_race": MEMBER,
    "api.answer_race": MEMBER,
    "api.run_statements": MEMBER,
    "api.ledger": ORGANIZER,
    "api.replay_dead_letters": ORGANIZER,
    "api_reference.openapi": PUBLIC,
    "api_reference.root": PUBLIC,
    "api_reference.page": PUBLIC,
    "tokens.own": MEMBER,
    "tokens.make": MEMBER,
    "tokens.revoke": MEMBER,
    # observability: /metrics asks for its own token
    "observability.healthz": PUBLIC,
    "observability.readyz": PUBLIC,
    "observability.metrics": PUBLIC,
    # live
    "live.ticket": PUBLIC,
    # library
    "library.contents": EDITOR,
    "library.concerns": EDITOR,
    "library.new": EDITOR,
    "library.create": EDITOR,
    "library.document": EDITOR,
    "library.version": EDITOR,
    "library.difference": EDITOR,
    "library.edit": EDITOR,
    "library.keep": EDITOR,
    "library.preview_form": EDITOR,
    "library.pictures_page": EDITOR,
    "library.add_picture": EDITOR,
    "library.submit": EDITOR,
    "library.publish": EDITOR,
    "library.send_back": EDITOR,
    "library.discard": EDITOR,
    "library.retire": EDITOR,
    "library.restore": EDITOR,
    "library.rollback": EDITOR,
    "importing.upload": EDITOR,
    "importing.receive": EDITOR,
    "importing.report": EDITOR,
    "importing.report_file": EDITOR,
    "importing.load": EDITOR,
    "importing.export": EDITOR,
    # learning
    "learning.quizzes": PUBLIC,
    "learning.quiz": PUBLIC,
    "learning.topic_practice": PUBLIC,
    "learning.topic_check": PUBLIC,
    "learning.start": MEMBER,
    "learning.attempt": MEMBER,
    "learning.answer": MEMBER,
    "learning.answered": MEMBER,
    "learning.result": MEMBER,
    "learning.stop": MEMBER,
    "learning.practise": MEMBER,
    "learning.mine": MEMBER,
    "learning.picture": MEMBER,
    "learning.shelf": EDITOR,
    "learning.shelf_quiz": EDITOR,
    "learning.publish": EDITOR,
    "learning.withdraw": EDITOR,
    # study
    "study.today": MEMBER,
    "study.begin": MEMBER,
    "study.limit": MEMBER,
    "study.mistakes": MEMBER,
    "study.practise": MEMBER,
    "study.plans": PUBLIC,
    "study.plan": MEMBER,
    "study.past_round": MEMBER,
    "study.choose": MEMBER,
    "study.pause": MEMBER,
    "study.leave": MEMBER,
    "study.come_back": MEMBER,
    "study.reread": MEMBER,
    # items
    "items.items": EDITOR,
    "items.items_csv": EDITOR,
    "items.item": EDITOR,
    "items.item_csv": EDITOR,
    "items.tests": EDITOR,
    "items.test": EDITOR,
    "items.test_csv": EDITOR,
    # recordings
    "recordings.recordings": PUBLIC,
    "recordings.recording": PUBLIC,
    "recordings.media": PUBLIC,
    "recordings.poster": PUBLIC,
    "recordings.subtitles": PUBLIC,
    "recordings.initialize": MEMBER,
    "recordings.report": MEMBER,
    "recordings.answer_check": MEMBER,
    "recordings.shelf": EDITOR,
    "recordings.make": EDITOR,
    "recordings.create": EDITOR,
    "recordings.edit": EDITOR,
    "recordings.keep": EDITOR,
    "recordings.publish": EDITOR,
    "recordings.withdraw": EDITOR,
    "recordings.remove_subtitles": EDITOR,
    "recordings.begin_upload": EDITOR,
    "recordings.upload_part": EDITOR,
    # community
    "community.threads": PUBLIC,
    "community.thread": PUBLIC,
    "community.mine": MEMBER,
    "community.ask": MEMBER,
    "community.create": MEMBER,
    "community.answer": MEMBER,
    "community.edit_thread": MEMBER,
    "community.edit_answer": MEMBER,
    "community.accept": MEMBER,
    "community.thank": MEMBER,
    "community.report": MEMBER,
    "community.desk": EDITOR,
    "community.decide": EDITOR,
    "community.take_down": EDITOR,
    "community.restore": EDITOR,
    "community.dismiss": EDITOR,
    "community.merge": EDITOR,
    # workplace: what is published is for everybody, a run for who runs it
    "workplace.scenarios": PUBLIC,
    "workplace.scenario": PUBLIC,
    "workplace.prop": PUBLIC,
    "workplace.begin": MEMBER,
    "workplace.run": MEMBER,
    "workplace.run_json": MEMBER,
    "workplace.act": MEMBER,
    "workplace.path": MEMBER,
    "workplace.stop": MEMBER,
    "workplace.debrief": MEMBER,
    "workplace.find_class": MEMBER,
    "workplace.join": MEMBER,
    "workplace.enter": MEMBER,
    "workplace.open_class": TRAINER,
    "workplace.lead": TRAINER,
    "workplace.control": TRAINER,
    "workplace.desk_page": EDITOR,
    "workplace.begin_scenario": EDITOR,
    "workplace.author": EDITOR,
    "workplace.write": EDITOR,
    "workplace.check": EDITOR,
    # races
    "races.races": PUBLIC,
    "races.race": PUBLIC,
    "races.calendar": PUBLIC,
    "races.register": MEMBER,
    "races.withdraw": MEMBER,
    "desk.races": ORGANIZER,
    "desk.create": ORGANIZER,
    "desk.copy": ORGANIZER,
    "desk.race": ORGANIZER,
    "desk.confirm_move": ORGANIZER,
    "desk.move": ORGANIZER,
    "desk.about": ORGANIZER,
    "desk.keep_about": ORGANIZER,
    "desk.rules": ORGANIZER,
    "desk.keep_rules": ORGANIZER,
    "desk.change_format": ORGANIZER,
    "desk.schedule": ORGANIZER,
    "desk.keep_schedule": ORGANIZER,
    "desk.spectators": ORGANIZER,
    "desk.keep_spectators": ORGANIZER,
    "desk.freeze": ORGANIZER,
    "desk.pools": ORGANIZER,
    "desk.check_pools": ORGANIZER,
    "desk.keep_pools": ORGANIZER,
    "desk.classes": ORGANIZER,
    "desk.ready_classes": ORGANIZER,
    "desk.add_class": ORGANIZER,
    "desk.remove_class": ORGANIZER,
    "desk.entries": ORGANIZER,
    "desk.extra_time": ORGANIZER,
    "desk.remove": ORGANIZER,
    "desk.entries_csv": ORGANIZER,
    "desk.start_list": ORGANIZER,
    # course
    "course.run": MEMBER,
    "racing.post_enter": MEMBER,
    "racing.post_look": MEMBER,
    "racing.post_answer": MEMBER,
    "racing.post_echo": MEMBER,
    "racing.post_away": MEMBER,
    # standings
    "standings.live": PUBLIC,
    "standings.screen": PUBLIC,
    "standings.embed": PUBLIC,
    "standings.listed": PUBLIC,
    "remote.control": ORGANIZER,
    "remote.press": ORGANIZER,
    # jury
    "jury.proof": PUBLIC,
    "jury.proof_file": PUBLIC,
    "jury.protest_list": PUBLIC,
    "jury.lodge": MEMBER,
    "jury.jury_races": JURY,
    "jury.jury_race": JURY,
    "jury.move": JURY,
    "jury.new_decision": JURY,
    "jury.stage_decision": JURY,
    "jury.decision": JURY,
    "jury.act_on_decision": JURY,
    "jury.case": JURY,
    "jury.close_case": JURY,
    "jury.protest": JURY,
    "jury.answer_protest": JURY,
    # results
    "results.protocol": PUBLIC,
    "results.splits": PUBLIC,
    "results.export": PUBLIC,
    "results.replay": PUBLIC,
    "results.replay_frame": PUBLIC,
    "results.mine": MEMBER,
    "results.practise": MEMBER,
    "results.practices": MEMBER,
    "results.practice": MEMBER,
    "results.ghosts": MEMBER,
    "results.seasons": PUBLIC,
    "results.season": PUBLIC,
    "results.season_file": PUBLIC,
    # ratings
    "ratings.leaders": PUBLIC,
    "ratings.top": PUBLIC,
    "ratings.big_screen": PUBLIC,
    "ratings.progress": MEMBER,
    "ratings.me": MEMBER,
    "ratings.me_csv": MEMBER,
    "ratings.me_json": MEMBER,
    "ratings.fact": MEMBER,
    # achievements
    "achievements.mine": MEMBER,
    "api.own_achievements": MEMBER,
    # numbers
    "api.public_numbers": PUBLIC,
    "numbers.numbers": PUBLIC,
    "numbers.figure": PUBLIC,
    "numbers.table": PUBLIC,
    # officials: which region, the room itself decides
    "officials.region": OFFICIAL,
    "officials.invitations": OFFICIAL,
    "officials.invitation": OFFICIAL,
    "officials.revoke": OFFICIAL,
    "officials.report": OFFICIAL,
    "officials.table": OFFICIAL,
    "officials.join": PUBLIC,
    # rankings
    "rankings.boards": PUBLIC,
    "rankings.region": PUBLIC,
    "rankings.league": PUBLIC,
    "rankings.topic": PUBLIC,
    "rankings.medals": PUBLIC,
    "rankings.own_history": MEMBER,
    "rankings.history": MEMBER,
    "rankings.table_page": PUBLIC,
    "rankings.table_file": MEMBER,
    # seasons
    "seasons.seasons": PUBLIC,
    "seasons.season": PUBLIC,
    "seasons.protocol": PUBLIC,
    "season_desk.seasons": ORGANIZER,
    "season_desk.opening": ORGANIZER,
    "season_desk.open_season": ORGANIZER,
    "season_desk.plan": ORGANIZER,
    "season_desk.drop_plan": ORGANIZER,
    "season_desk.closing": ORGANIZER,
    "season_desk.close": ORGANIZER,
    "season_desk.members": ORGANIZER,
    "season_desk.rules": ORGANIZER,
    "season_desk.draft": ORGANIZER,
    "season_desk.save_draft": ORGANIZER,
    "season_desk.discard_draft": ORGANIZER,
    "season_desk.ask_shadow": ORGANIZER,
    "season_desk.publish_rules": ORGANIZER,
    # regions
    "regions.table": PUBLIC,
    "regions.file": PUBLIC,
    "regions.region": PUBLIC,
    "regions.paper": PUBLIC,
    "regions.card": PUBLIC,
    "regions.card_picture": PUBLIC,
    # organizer
    "organizer.operations": ORGANIZER,
    "organizer.replay": ORGANIZER,
    "organizer.resume": ORGANIZER,
    # bots
    "bots.start": ORGANIZER,
}

# Pages that show all visitors the same: one copy is sent to many (`psot.copies`).
SHARED: frozenset[str] = frozenset(
    {
        "shell.home",
        "races.races",
        "races.race",
        "standings.live",
        "results.protocol",
        "reading.topic",
        "ratings.leaders",
    }
)

# Those of them that also show all members the same, but for whom they say that they show.
SHARED_BY_MEMBERS: frozenset[str] = frozenset({"results.protocol", "shell.home"})

SOCKET_EVENTS: dict[str, Policy] = {
    # live: who may watch which board is decided by the board's kind
    "board.watch": PUBLIC,
    "board.leave": PUBLIC,
    "board.around": MEMBER,
    # course
    "race.look": MEMBER,
    "race.answer": MEMBER,
    "race.echo": MEMBER,
    "race.away": MEMBER,
}
