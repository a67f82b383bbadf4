"""Who belongs to the demo community: names, regions, and how they learn. All of them are made up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from content.regions import all_regions

MEMBERS = 120
LATECOMERS = 9
"""Members who joined after the season's start; they count for no roster yet."""

MALE = (
    "Александр Алексей Андрей Антон Артём Борис Василий Виктор Глеб Григорий Денис Дмитрий Евгений"
    " Егор Иван Игорь Илья Кирилл Константин Максим Михаил Никита Николай Олег Роман Сергей Степан"
    " Тимур Фёдор Юрий"
).split()
FEMALE = (
    "Александра Алина Анастасия Анна Валентина Вера Виктория Галина Дарья Диана Евгения Екатерина"
    " Елена Зинаида Инна Ирина Карина Кристина Лариса Любовь Людмила Мария Надежда Наталья Оксана"
    " Полина Светлана София Тамара Юлия"
).split()
# Stems that take -а in the feminine form.
SURNAMES = (
    "Абрамов Авдеев Баранов Белов Беляев Богданов Быков Васильев Волков Воробьёв Гаврилов Голубев"
    " Громов Давыдов Данилов Дорофеев Ершов Жданов Зайцев Захаров Зуев Исаев Калинин Киселёв"
    " Козлов Комаров Крылов Кузнецов Лазарев Лебедев Логинов Макаров Медведев Миронов Морозов"
    " Некрасов Никитин Орлов Осипов Панфилов Петухов Поляков Рогов Рябов Савельев Селезнёв Соболев"
    " Соловьёв Сорокин Тарасов Тихонов Ушаков Федотов Филатов Фролов Хохлов Цветков Чернов Шилов"
    " Щукин Яковлев"
).split()


@dataclass(frozen=True, kw_only=True)
class Person:
    """A made-up member. ``skill`` and ``diligence`` are shares in [0, 1], ``pace_s`` seconds."""

    name: str
    region: str
    joined_at: datetime
    name_public: bool
    skill: float
    diligence: float
    pace_s: float


def people(random: Random, season_starts_at: datetime, now: datetime) -> Iterator[Person]:
    """Make the community, most of it from the months before the season."""
    weights = [max(one.population, 300_000) for one in all_regions()]
    regions = random.choices([one.code for one in all_regions()], weights, k=MEMBERS)
    names = _names(random)
    for number, region in enumerate(regions):
        late = number >= MEMBERS - LATECOMERS
        begun = now - season_starts_at
        joined_at = (
            season_starts_at + begun * random.uniform(0.02, 0.6)
            if late
            else season_starts_at - timedelta(days=random.uniform(2, 120))
        )
        yield Person(
            name=next(names),
            region=region,
            joined_at=joined_at,
            name_public=random.random() < 0.7,  # noqa: PLR2004 - most people like their name seen
            skill=min(0.97, max(0.3, random.gauss(0.7, 0.14))),
            diligence=random.betavariate(2.2, 2.6),
            pace_s=random.uniform(9, 26),
        )


def _names(random: Random) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        surname = random.choice(SURNAMES)
        woman = random.random() < 0.5  # noqa: PLR2004 - as many women as men
        name = (
            f"{random.choice(FEMALE)} {surname}а" if woman else f"{random.choice(MALE)} {surname}"
        )
        if name not in seen:
            seen.add(name)
            yield name
