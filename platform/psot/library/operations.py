"""Every write of the library. Each takes the session first and never commits."""

from psot.library.drafting import (
    create_draft,
    discard_draft,
    publish,
    reject,
    restore,
    retire,
    rollback,
    save_draft,
    submit,
)
from psot.library.loading import LoadReport, load_folder, load_pack

__all__ = [
    "LoadReport",
    "create_draft",
    "discard_draft",
    "load_folder",
    "load_pack",
    "publish",
    "reject",
    "restore",
    "retire",
    "rollback",
    "save_draft",
    "submit",
]
