"""ESC/POS bytes of a slip's picture: the same for every printer that is reached, and for the simulated one."""

from escpos.printer import Dummy
from PIL import Image

from devices.paper_sheet import Paper

# Small pieces: cheap printers hold a few kilobytes and print a piece while the next one comes.
_FRAGMENT_LINES = 128
_DPI = 203  # of nearly all receipt printers; profiles that know better say so


def paper_of(profile: str) -> Paper:
    """The head's width and resolution by python-escpos' own profile of the model.

    Raises ValueError for a profile that does not exist or does not know its width.
    """
    try:
        media = Dummy(profile=profile).profile.profile_data["media"]
    except KeyError as error:
        raise ValueError(f"python-escpos has no printer profile {profile!r}") from error
    width = media["width"].get("pixels")
    if not isinstance(width, int):
        raise ValueError(f"the printer profile {profile!r} does not know its width in dots")
    dpi = media.get("dpi")
    return Paper(width, dpi if isinstance(dpi, int) else _DPI)


def escpos_job(picture: Image.Image, profile: str) -> bytes:
    """Start, the picture as raster graphics (GS v 0) in pieces, and the cut (a feed where there is no cutter)."""
    printer = Dummy(profile=profile)
    printer.hw("INIT")
    printer.image(picture, impl="bitImageRaster", fragment_height=_FRAGMENT_LINES)
    printer.cut()
    return bytes(printer.output)
