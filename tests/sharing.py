"""Which tests run in one process: those of a file, and all those that share one house."""

from xdist.scheduler import LoadFileScheduling

HOUSES = ("tests/e2e/product/",)
"""Folders whose stories are told in one house: with its community it is a minute's work to make."""


class SharedHouses(LoadFileScheduling):
    """Files go to whichever process is free; the files of one house go there together."""

    def _split_scope(self, nodeid: str) -> str:
        own: str = super()._split_scope(nodeid)
        return next((one for one in HOUSES if nodeid.startswith(one)), own)
