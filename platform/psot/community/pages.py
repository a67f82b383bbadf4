"""The pages of the community: the list of questions, one with its answers, asking, answering."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from content.regions import by_code
from psot import clock
from psot.community import operations, prose, queries
from psot.community.errors import BadPost, UnknownThread
from psot.community.forms import AnswerForm, AskForm, show
from psot.community.values import REASONS, SHOWS, ThreadView
from psot.database import transaction
from psot.library.queries import topics
from psot.members.queries import current_member
from psot.members.viewer import Viewer

blueprint = Blueprint("community", __name__, template_folder="templates")

LONGEST_SEARCH = 200
MOST_PAGES = 999
EDITORS = ("editor", "administrator")


@blueprint.app_template_filter("post_text")
def post_text(said: str) -> Markup:
    """Write what a member wrote: paragraphs and safe links."""
    return prose.shown(said)


@blueprint.app_template_filter("post_region")
def post_region(code: str) -> str:
    """Write an author's region in the reader's language, "" for none that is known."""
    found = by_code().get(code)
    return found.name(_language()) if found else ""


@blueprint.get("/questions")
def threads() -> str:
    """List the questions, by words, topic and state."""
    viewer = current_member()
    q = " ".join(request.args.get("q", "").split())[:LONGEST_SEARCH]
    shows = request.args.get("show", "")
    shows = shows if shows in SHOWS and (viewer or shows != "mine") else ""
    page = _page()
    with transaction() as session:
        known = topics(session)
        topic = request.args.get("topic", "")
        topic = topic if topic in known else ""
        found = queries.threads(
            session,
            q=q,
            topic=topic,
            show=shows,
            reader=viewer.id if viewer else None,
            page=page,
        )
        news = queries.news(session, viewer.id) if viewer else 0
    return render_template(
        "community/threads.html",
        found=found,
        q=q,
        topic=topic,
        show=shows,
        shows=SHOWS,
        topics=known,
        page=page,
        news=news,
        signed_in=viewer is not None,
    )


@blueprint.get("/me/questions")
def mine() -> str:
    """List what the member asked, what has new answers first."""
    with transaction() as session:
        found = queries.mine(session, me().id)
        known = topics(session)
    return render_template("community/mine.html", found=found, topics=known, reasons=REASONS)


@blueprint.get("/questions/ask")
def ask() -> str:
    """Take the title and the topic first; then show what was asked already, and the whole form."""
    title = prose.one_line(request.args.get("title", ""))[:LONGEST_SEARCH]
    form = AskForm(formdata=None, title=title, topic=request.args.get("topic", ""))
    form.made()
    with transaction() as session:
        _offer(session, form)
        alike = queries.similar(session, title) if title else []
        known = topics(session)
    return render_template("community/ask.html", form=form, title=title, alike=alike, topics=known)


@blueprint.post("/questions")
def create() -> ResponseReturnValue:
    """Put a question on the page."""
    form = AskForm()
    with transaction() as session:
        _offer(session, form)
    if not form.validate_on_submit():
        return _ask_again(form), 422
    try:
        with transaction() as session:
            made = operations.ask(
                session,
                id_=form.made(),
                member=me().id,
                topic=form.topic.data,
                title=form.title.data,
                text=form.text.data,
                now=clock.now(),
            )
    except BadPost as error:
        show(form, error)
        return _ask_again(form), error.status
    flash(gettext("Your question is on the page. New answers show in your menu."), "success")
    return redirect(url_for("community.thread", thread_id=made), 303)


@blueprint.get("/questions/<uuid:thread_id>")
def thread(thread_id: UUID) -> ResponseReturnValue:
    """Show a question with its answers, the accepted one first; a double leads to its place."""
    form = AnswerForm(formdata=None)
    form.made()
    return _thread_page(thread_id, form)


@blueprint.post("/questions/<uuid:thread_id>/answers")
def answer(thread_id: UUID) -> ResponseReturnValue:
    """Put an answer under a question."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _thread_page(thread_id, form, 422)
    made = form.made()
    try:
        with transaction() as session:
            stands = operations.answer(
                session,
                id_=made,
                thread=thread_id,
                member=me().id,
                text=form.text.data,
                now=clock.now(),
            )
    except BadPost as error:
        show(form, error)
        return _thread_page(thread_id, form, error.status)
    flash(gettext("Your answer is on the page. Thank you!"), "success")
    return redirect(place(stands, made), 303)


def place(thread_id: UUID, answer_id: UUID | None = None) -> str:
    """Return the address of a question, or of one of its answers."""
    anchor = f"answer-{answer_id}" if answer_id else None
    return url_for("community.thread", thread_id=thread_id, _anchor=anchor)


def me() -> Viewer:
    """Return who makes this request; the door lets members in only."""
    viewer = current_member()
    if viewer is None:
        raise UnknownThread(gettext("There is no such page."))
    return viewer


def look_at(session: Session, thread_id: UUID) -> ThreadView:
    """Return a question as far as the reader may see it. Raises UnknownThread."""
    viewer = current_member()
    return queries.thread(
        session,
        thread_id,
        reader=viewer.id if viewer else None,
        editor=is_editor(viewer),
    )


def is_editor(viewer: Viewer | None) -> bool:
    """Tell whether the reader decides about posts."""
    return viewer is not None and viewer.has_role(*EDITORS)


def offered(session: Session) -> dict[str, str]:
    """Return the topics one may ask about, by id, in the reader's language."""
    language = _language()
    return {id_: one.name.in_language(language) for id_, one in topics(session).items()}


def _thread_page(thread_id: UUID, form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    viewer = current_member()
    with transaction() as session:
        found = look_at(session, thread_id)
        if found.merged_into is not None:
            return redirect(place(found.merged_into))
        if viewer is not None and found.author.own:
            operations.look(session, thread=thread_id, member=viewer.id, now=clock.now())
        known = topics(session)
        related = [
            one
            for one in queries.of_topic(session, found.topic, limit=4)
            if found.topic and one.id != thread_id
        ]
    page = render_template(
        "community/thread.html",
        thread=found,
        form=form,
        topic=known.get(found.topic),
        related=related[:3],
        viewer=viewer,
        expert=viewer is not None and viewer.has_role("expert"),
        editor=is_editor(viewer),
        reasons=REASONS,
    )
    return page, status


def _ask_again(form: AskForm) -> str:
    with transaction() as session:
        known = topics(session)
    return render_template(
        "community/ask.html", form=form, title=form.title.data or "?", alike=[], topics=known
    )


def _offer(session: Session, form: AskForm) -> None:
    form.offer(offered(session))


def _page() -> int:
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1  # noqa: PLR2004 - as MOST_PAGES
    return max(1, min(number, MOST_PAGES))


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "ru"
