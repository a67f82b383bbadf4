"""What time removes: sessions that are over, mails long sent, invitations nobody took."""

from datetime import timedelta

from sqlalchemy import delete

from psot import clock
from psot.database import Database
from psot.members import session_store
from psot.members.models import Invitation, Mail
from psot.members.sessions import announce

MAILS_KEPT = timedelta(days=30)
INVITATIONS_KEPT = timedelta(days=90)


def tidy(database: Database) -> int:
    """Remove what is over and return how many sessions ended; any number may run at once."""
    now = clock.now()
    with database.begin() as session:
        ended = session_store.sweep(session)
        session.execute(delete(Mail).where(Mail.sent_at < now - MAILS_KEPT))
        session.execute(delete(Invitation).where(Invitation.expires_at < now - INVITATIONS_KEPT))
    announce(ended)
    return len(ended)
