"""Questions asked while another is under way travel together next; nobody waits for company."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import gevent
import pytest

from psot.company import Company
from tests.services import wait_until


class Road:
    """Takes questions to where they are answered; a trip lasts until it is let go."""

    def __init__(self) -> None:
        self.trips: list[list[int]] = []
        self.go = threading.Event()
        self.blocked = False

    def carry(self, questions: Sequence[int]) -> list[int]:
        """Answer each question with its square."""
        self.trips.append(list(questions))
        self.go.wait()
        if self.blocked:
            raise ConnectionError("the road is blocked")
        return [one * one for one in questions]


@pytest.fixture
def road() -> Road:
    """A road that nobody has taken."""
    return Road()


def waiting(company: Company[int, int]) -> int:
    """How many stand together, to leave next."""
    trip = company._next
    return 0 if trip is None else len(trip.asked)


def crowd(road: Road, company: Company[int, int], pool: ThreadPoolExecutor) -> list["Future[int]"]:
    """Let one leave and three come while it is under way."""
    asked = [pool.submit(company.ask, 1)]
    wait_until(lambda: len(road.trips) == 1)
    for number in (2, 3, 4):
        asked.append(pool.submit(company.ask, number))
        wait_until(lambda: waiting(company) == number - 1)  # noqa: B023 - asked at once
    return asked


def test_one_alone_goes_at_once(road: Road) -> None:
    road.go.set()
    company = Company(road.carry)

    assert [company.ask(3), company.ask(4)] == [9, 16]
    assert road.trips == [[3], [4]]


def test_who_comes_meanwhile_goes_together_next(road: Road) -> None:
    company = Company(road.carry)
    with ThreadPoolExecutor(4) as pool:
        asked = crowd(road, company, pool)
        road.go.set()

        assert [one.result() for one in asked] == [1, 4, 9, 16]
    assert road.trips == [[1], [2, 3, 4]]


def test_as_many_are_under_way_as_may(road: Road) -> None:
    company = Company(road.carry, at_once=2)
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(company.ask, 1)]
        wait_until(lambda: road.trips == [[1]])
        asked.append(pool.submit(company.ask, 2))
        wait_until(lambda: road.trips == [[1], [2]])
        asked.append(pool.submit(company.ask, 3))
        wait_until(lambda: waiting(company) == 1)
        road.go.set()

        assert [one.result() for one in asked] == [1, 4, 9]
    assert road.trips == [[1], [2], [3]]


def test_who_never_comes_back_keeps_nobody_who_came_later(road: Road) -> None:
    company = Company(road.carry, longest_wait_s=0.01)
    with ThreadPoolExecutor(2) as pool:
        lost = pool.submit(company.ask, 1)
        wait_until(lambda: road.trips == [[1]])
        later = pool.submit(company.ask, 2)
        wait_until(lambda: road.trips == [[1], [2]])
        assert not lost.done()
        road.go.set()

        assert [lost.result(), later.result(), company.ask(3)] == [1, 4, 9]


def test_an_error_is_told_to_all_who_went_and_the_next_go_again(road: Road) -> None:
    company = Company(road.carry)
    road.blocked = True
    with ThreadPoolExecutor(4) as pool:
        asked = crowd(road, company, pool)
        road.go.set()

        assert [type(one.exception()) for one in asked] == [ConnectionError] * 4
    road.blocked = False
    assert company.ask(5) == 25


def test_whoever_leads_may_be_stopped_and_the_others_go_alone() -> None:
    told: list[list[int]] = []

    def carry(questions: Sequence[int]) -> list[int]:
        told.append(list(questions))
        gevent.sleep(0.01)
        return list(questions)

    company = Company(carry, waits=gevent.event.Event, turns=gevent.lock.BoundedSemaphore)
    ahead = gevent.spawn(company.ask, 1)
    gevent.sleep(0)
    leader, led = gevent.spawn(company.ask, 2), gevent.spawn(company.ask, 3)
    gevent.sleep(0)
    leader.kill()

    assert [ahead.get(), led.get(), company.ask(4)] == [1, 3, 4]
    assert told == [[1], [3], [4]]
