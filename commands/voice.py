"""`kiosk voice script|check`: the texts to record for reading aloud, and what of them is missing or damaged."""

import argparse
import csv
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from commands.app_folder import default_data_folder
from commands.composition import load_shipped
from commands.place import problem_words
from commands.voice_sound import can_hear, damage_of, without_chatter
from commands.voice_texts import Clip, clips_to_record
from commands.voices import clip_folders
from kiosk.catalog import Service
from kiosk.clips import ClipShelf
from kiosk.config import load_settings
from kiosk.errors import ConfigProblem, KioskError
from kiosk.resources import resource_path
from kiosk.texts import FIRST_LANGUAGE, _, languages

FAILED = 1
WRONG_SETTINGS = 2


def run(argv: list[str]) -> int:
    """0: written, or all is there and sound; 1: not; 2: wrong settings, or a service that is not in the catalogue."""
    parser = argparse.ArgumentParser(prog="kiosk voice", description="recorded clips for reading pages aloud")
    actions = parser.add_subparsers(dest="action", required=True)
    script = actions.add_parser("script", help="the texts to record, as a table (TSV) on the standard output")
    script.add_argument("--print", action="store_true", dest="readable", help="numbered, page by page, to read from")
    script.add_argument("--missing", action="store_true", help="only what is not recorded yet")
    check = actions.add_parser("check", help="what is missing, damaged, or belongs to no text any more")
    for action in (script, check):
        action.add_argument("--lang", choices=list(languages(resource_path("locale"))), default=FIRST_LANGUAGE)
        action.add_argument("--service", action="append", metavar="CODE", help="only of this service (more than once)")
        action.add_argument("--config", type=Path, metavar="FILE", help="settings (TOML)")
    options = parser.parse_args(argv)
    try:
        settings = load_settings(options.config, default_data_folder())
        shipped = load_shipped(settings.catalog_overrides)
        services = _services(shipped.catalog.services, options.service)
        provinces = (province.full_name for province in shipped.areas.provinces)
        office = (settings.office.name, settings.office.place, *provinces)
        clips = clips_to_record(resource_path("locale"), services, options.lang, office)
    except KioskError as error:
        print(problem_words(error), file=sys.stderr)
        return WRONG_SETTINGS if isinstance(error, ConfigProblem) else FAILED
    except LookupError as error:
        print(f"kiosk voice: {error}", file=sys.stderr)
        return WRONG_SETTINGS
    except OSError:
        print("kiosk voice: the written translations (kiosk.po) are not here; run it from a checkout", file=sys.stderr)
        return FAILED
    folders = clip_folders(settings.voice, options.lang)
    if options.action == "check":
        return _check(clips, folders, whole=not options.service)
    shelf = ClipShelf(folders if options.missing else ())
    _script([clip for clip in clips if shelf.find(clip.text) is None], readable=options.readable)
    return 0


def _services(services: Sequence[Service], codes: list[str] | None) -> tuple[Service, ...]:
    """All of this office's catalogue, or the ones that were named. Raises LookupError."""
    if not codes:
        return tuple(services)
    known = {service.code: service for service in services}
    if strange := [code for code in codes if code not in known]:
        raise LookupError(f"no such service: {', '.join(strange)}")
    return tuple(known[code] for code in codes)


def _script(clips: Sequence[Clip], *, readable: bool) -> None:
    if not readable:
        table = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
        table.writerow(("id", "text", "whole", "where"))
        table.writerows((clip.id, clip.text, clip.whole, " ".join(clip.where)) for clip in clips)
        return
    place = ""
    for number, clip in enumerate(clips, start=1):
        if clip.where[0] != place:
            place = clip.where[0]
            print(f"\n== {place}\n")
        piece = "" if clip.whole == clip.text else f"\n      « {clip.whole} »"
        print(f"{number:>5}. {clip.text}{piece}\n      {clip.id}.opus")


def _check(clips: Sequence[Clip], folders: Sequence[Path], *, whole: bool) -> int:
    """`whole`: all services were asked for, so that a file without a text is orphaned."""
    shelf = ClipShelf(folders)
    there = {clip.id: path for clip in clips if (path := shelf.find(clip.text)) is not None}
    _count(clips, there)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    hears = bool(there) and can_hear()
    if there and not hears:
        print(_("Máy này thiếu libpulse0 nên chỉ xem được định dạng và độ dài, không nghe được tiếng."))
    with without_chatter():
        judged = [(clip, damage_of(there[clip.id], clip.text, hears=hears)) for clip in clips if clip.id in there]
    damaged = [(clip, damage) for clip, damage in judged if damage is not None]
    for clip, damage in damaged:
        print(f"{damage}\t{there[clip.id]}\t{clip.text}")
    known = {clip.id for clip in clips}
    orphans = [path for path in shelf.paths() if path.stem not in known] if whole else []
    for path in orphans:
        print(f"orphaned\t{path}")
    missing = len(clips) - len(there)
    del app
    sentence = _("{count} câu cần thu, {missing} câu chưa có, {damaged} tệp hỏng, {orphans} tệp thừa.")
    print(sentence.format(count=len(clips), missing=missing, damaged=len(damaged), orphans=len(orphans)))
    return FAILED if missing or damaged else 0


def _count(clips: Sequence[Clip], there: dict[str, Path]) -> None:
    """How many of each page's and each service's clips are there."""
    wanted = Counter(place for clip in clips for place in clip.where)
    found = Counter(place for clip in clips if clip.id in there for place in clip.where)
    for place, count in wanted.items():
        print(f"{found[place]:>5} / {count:<5} {place}")
