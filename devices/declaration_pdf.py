"""Prints a declaration to PDF/A-2b: Typst in a child process that can read nothing, with a time limit."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from devices.typst_job import TIMEOUT_S, compile_pdf
from kiosk.declaration import DeclarationContent
from kiosk.ports import DeviceProblem, DeviceReason

PRELUDE = "_prelude"  # what all templates share, put before each of them: a template can read no other file


class DeclarationPdf:
    """Renders by the templates of this release. `worker_command` starts the hidden command `typst-worker`."""

    def __init__(
        self, worker_command: Sequence[str], templates: Path, fonts: Path, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._command = tuple(worker_command)
        self._templates = templates
        self._fonts = fonts
        self._timeout_s = timeout_s

    def render(self, content: DeclarationContent) -> bytes:
        """The declaration as PDF/A-2b. Blocks; raises DeviceProblem (NO_DRIVER without a template, TIMEOUT, FAILED)."""
        source = self._source(PRELUDE) + self._template(content.template)
        return compile_pdf(self._command, source, _json(content), self._fonts, self._timeout_s)

    def _template(self, name: str) -> str:
        if name.startswith("_"):
            raise DeviceProblem(DeviceReason.NO_DRIVER, f"{name!r} is a part of templates and none itself")
        return self._source(name)

    def _source(self, name: str) -> str:
        path = self._templates / f"{name}.typ"
        if path.parent != self._templates or not path.is_file():
            raise DeviceProblem(DeviceReason.NO_DRIVER, f"this release has no template {name!r}")
        return path.read_text(encoding="utf-8")


def _json(content: DeclarationContent) -> str:
    return json.dumps(
        {
            "title": content.title,
            "office": content.office,
            "place": content.place,
            **_day(content.day),
            "pledge": content.pledge,
            "texts": dict(content.texts),
            "codes": dict(content.codes),
            "demo": content.demo,
            "sheet": [{"section": part.section, "rows": part.rows} for part in content.sheet],
            "tables": {key: asdict(one) for key, one in content.tables.items()},
        },
        ensure_ascii=False,
    )


def _day(day: date | None) -> dict[str, str]:
    """Day and month as Decree 30/2020/NĐ-CP, annex I, has them: two digits, and of months only January and February."""
    if day is None:
        return {"day": "", "month": "", "year": ""}
    return {
        "day": f"{day.day:02}",
        "month": f"{day.month:02}" if day.month < 3 else str(day.month),
        "year": str(day.year),
    }
