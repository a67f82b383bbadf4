"""Orders to every web process, given by whoever has Redis: whose sockets are to be cut."""

import json
from typing import Any
from uuid import UUID

from redis import Redis

from psot.live.boards import CHANNEL


def cut_session(redis: Redis, session: str) -> None:
    """Let every web process cut the sockets of a session that has ended."""
    redis.publish(CHANNEL, json.dumps({"cut": session_room(session)}))


def cut_member(redis: Redis, member: UUID) -> None:
    """Let every web process cut all sockets of ``member``."""
    redis.publish(CHANNEL, json.dumps({"cut": member_room(member)}))


def session_room(session: str) -> str:
    """Return the room that holds the sockets of a session."""
    return f"session:{session}"


def member_room(member: UUID) -> str:
    """Return the room that holds all sockets of a member."""
    return f"member:{member}"


def board_room(board: str) -> str:
    """Return the room that holds those who watch a board."""
    return f"board:{board}"


def read(message: bytes) -> dict[str, Any]:
    """Return what was rung or ordered; empty for a heartbeat and for what is not understood."""
    try:
        told = json.loads(message) if message else {}
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
