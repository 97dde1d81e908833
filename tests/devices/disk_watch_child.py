"""A process of its own that does all that is done to captured pages, and prints every file it opens for writing."""

import os
import sys
from pathlib import Path

from devices.pages import PicturePages
from devices.pictures import read_picture, to_frame, to_page
from kiosk.resources import resource_path

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def report(event: str, details: tuple[object, ...]) -> None:
    if event == "open" and isinstance(details[2], int) and details[2] & WRITING and details[0] != os.devnull:
        sys.stdout.write(f"opened {details[0]}\n")
    if event in {"tempfile.mkstemp", "tempfile.mkdtemp", "os.mkdir"}:
        sys.stdout.write(f"{event} {details}\n")


def work(paper: Path, photo: Path) -> None:
    pages, tight = PicturePages(), PicturePages(pdf_bytes=1)
    scan, shot = read_picture(paper), read_picture(photo)
    assert scan is not None
    assert shot is not None
    made = [pages.from_scan(to_page(scan, 200)), pages.from_shot(to_frame(shot), None)]
    for page in made:
        pages.look_over(page, ("NGUYỄN VĂN MẪU",))
        pages.thumbnail(pages.rotate(page, 1), 200)
    made.append(pages.card_sheet(made))
    assert pages.page_count(pages.to_pdf(made, "x")) == pages.page_count(tight.to_pdf(made, "x")) == 3


if __name__ == "__main__":
    pictures = resource_path("demo", "papers", "paper-1.jpg"), resource_path("demo", "photos", "paper-1.jpg")
    work(*pictures)  # once before: what is loaded with the libraries is not of a page
    sys.addaudithook(report)
    work(*pictures)
    sys.stdout.write("done\n")
