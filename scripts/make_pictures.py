"""Writes docs/pictures/ from the pictures of a tour, small enough for a page on the web: `scripts/pictures` calls it.

.venv/bin/python scripts/make_pictures.py DIR
"""

import sys
from pathlib import Path

from PIL import Image

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
MAX_WIDTH_PX = 1200
COLOURS = 128  # the screens have few; a palette halves the files and nobody sees it

# Name in docs/pictures: the ending of the tour's picture.
CHOSEN = {
    "home": "-home.png",
    "choose": "-choose.png",
    "before": "-before.png",
    "question": "-form-for_whom.png",
    "typing": "-form-registered_number.png",
    "scan": "-capture.png",
    "review": "-review.png",
    "done": "-done.png",
    "slip": "slip.png",
}


def main(folder: Path) -> None:
    """Shrink what was chosen; of several pictures of one page the first is taken."""
    TARGET.mkdir(exist_ok=True)
    for name, ending in CHOSEN.items():
        source = min(path for path in folder.glob("*.png") if path.name.endswith(ending))
        with Image.open(source) as picture:
            shrunk = picture.convert("RGB")
            shrunk.thumbnail((MAX_WIDTH_PX, MAX_WIDTH_PX * 4), Image.Resampling.LANCZOS)
            shrunk.quantize(COLOURS, dither=Image.Dither.NONE).save(TARGET / f"{name}.png", optimize=True)
        print(f"{name}.png from {source.name}: {(TARGET / f'{name}.png').stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
