"""How often the doors of an account may be tried: one table.

Per account the wait grows with every burst; per address there is room for an office behind one.
"""

from flask import session

from psot.security.limits import Limit, per_field

PER_ACCOUNT = "5 per minute; 15 per 15 minutes; 40 per 3 hours"
PER_ADDRESS = "20 per minute; 200 per hour"
MAILS_PER_ACCOUNT = "3 per 10 minutes; 10 per day"


def _half_way() -> str:
    """Count per account whose second factor is asked for."""
    return str(session.get("tf_user_id") or session.get("_user_id") or "")


LIMITS: dict[str, tuple[Limit, ...]] = {
    "security.login": (Limit(often=PER_ACCOUNT, per=per_field("email")), Limit(often=PER_ADDRESS)),
    "security.verify": (Limit(often=PER_ACCOUNT, per=_half_way), Limit(often=PER_ADDRESS)),
    "security.two_factor_token_validation": (
        Limit(often=PER_ACCOUNT, per=_half_way),
        Limit(often=PER_ADDRESS),
    ),
    "security.mf_recovery": (Limit(often=PER_ACCOUNT, per=_half_way), Limit(often=PER_ADDRESS)),
    "security.change_password": (Limit(often=PER_ACCOUNT, per=_half_way),),
    "security.change_email": (Limit(often=MAILS_PER_ACCOUNT, per=_half_way),),
    "security.register": (
        Limit(often="5 per 10 minutes", per=per_field("email")),
        Limit(often="10 per minute; 100 per hour"),
    ),
    "security.forgot_password": (
        Limit(often=MAILS_PER_ACCOUNT, per=per_field("email")),
        Limit(often=PER_ADDRESS),
    ),
    "security.send_confirmation": (
        Limit(often=MAILS_PER_ACCOUNT, per=per_field("email")),
        Limit(often=PER_ADDRESS),
    ),
    "security.reset_password": (Limit(often=PER_ADDRESS),),
    "members.accept_invitation": (Limit(often=PER_ADDRESS),),
    "members.arrive": (Limit(often=PER_ADDRESS),),
}
