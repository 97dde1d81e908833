"""What single models need to be asked differently; each was met by sane-airscan, which names it in its sources."""

from dataclasses import dataclass

_LOCAL_HOST_ONLY = {"HP LaserJet MFP M630", "HP Color LaserJet FlowMFP M578"}
_LOCAL_HOST_SERVER = "HP_Compact_Server"
_LATE_PAGES = {"B205", "B215", "WorkCentre 3345"}  # Xerox


@dataclass(frozen=True, slots=True)
class EsclQuirks:
    """`host` is what the Host header must say (empty: as usual), `gone_is_later` that 404 and 410 can mean "not yet",
    `pause_between_pages` that a page asked for at once is answered with 404 although paper is left."""

    host: str = ""
    gone_is_later: bool = False
    pause_between_pages: bool = False


def quirks_of(model: str, server: str, host_and_port: str, *, is_local: bool) -> EsclQuirks:
    """For what a scanner says of itself: its model, and the Server header of its answers."""
    host = ""
    if not is_local and (model in _LOCAL_HOST_ONLY or server == _LOCAL_HOST_SERVER):
        host = "localhost"
    elif model.casefold().startswith("epson"):
        host = host_and_port
    return EsclQuirks(
        host=host,
        gone_is_later=model in _LATE_PAGES,
        pause_between_pages=model.casefold().startswith("brother"),
    )
