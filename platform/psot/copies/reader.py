"""Who asks for a shared page, and what is put into the slots of their copy."""

from collections.abc import Hashable
from dataclasses import dataclass

from markupsafe import escape

from psot import clock
from psot.copies.asking import Asked
from psot.copies.page import Page
from psot.copies.somebody import Somebody
from psot.members.member_cookies import Stay
from psot.security.csrf import Tokens


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody who may be sent a copy of what is ``asked`` for.

    ``kept`` is what the CSRF tokens of their session are made of, ``new_cookie`` the header that
    gives it to a browser, "" where it has it. A member has a ``stay``, and is as ``like`` says.
    """

    asked: Asked
    kept: str
    new_cookie: str = ""
    stay: Stay | None = None
    like: Somebody | None = None

    @property
    def key(self) -> Hashable:
        """Return what is equal for all who are sent the same copy."""
        return self.asked, self.like

    def may_have(self, page: Page) -> bool:
        """Tell whether ``page`` is theirs too: to whom it shows it is another one."""
        return self.stay is None or self.stay.owner.id not in page.shows

    def own(self, tokens: Tokens) -> dict[str, bytes]:
        """Return what is theirs alone, by the names of the slots."""
        always = {
            "token": tokens.signed(self.kept).encode(),
            "moment": str(round(clock.now().timestamp() * 1000)).encode(),
        }
        if self.stay is None:
            return always
        owner = self.stay.owner
        return {
            **always,
            "name": escape(owner.display_name).encode(),
            "id": str(owner.id).encode(),
        }
