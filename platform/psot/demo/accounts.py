"""The accounts with which the demo community is entered. They exist in demo mode only."""

from dataclasses import dataclass

PASSWORD = "psot-demo-2026"  # noqa: S105 - printed on purpose, and refused outside demo mode


@dataclass(frozen=True, kw_only=True)
class Account:
    """``role`` is what the account is for, ``roles`` what it holds."""

    role: str
    email: str
    name: str
    region: str
    organization: str
    roles: tuple[str, ...] = ()
    password: str = PASSWORD


ACCOUNTS: tuple[Account, ...] = (
    Account(
        role="organizer",
        email="organizer@psot.example",
        name="Ольга Ветрова",
        region="RU-MOW",
        organization="Оргкомитет сообщества",
        roles=("organizer", "editor"),
    ),
    Account(
        role="expert",
        email="expert@psot.example",
        name="Павел Горелов",
        region="RU-SVE",
        organization="Уральский центр охраны труда",
        roles=("expert",),
    ),
    Account(
        role="racer",
        email="racer@psot.example",
        name="Марина Снегирёва",
        region="RU-TYU",
        organization="Тюменский аккумуляторный завод",
    ),
    Account(
        role="official",
        email="official@psot.example",
        name="Игорь Тюрин",
        region="RU-MOW",
        organization="Департамент труда и занятости",
        roles=("official",),
    ),
)
