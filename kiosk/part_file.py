"""Reads the parts of a dossier in a service's file: which papers, when, in what kinds of copy."""

from collections.abc import Mapping

from kiosk.catalog import DossierPart, Picture
from kiosk.condition_file import read_condition
from kiosk.documents import CopyKind
from kiosk.fact_file import read_fact
from kiosk.form import Field
from kiosk.typed_yaml import Section


def read_part(section: Section, fields: Mapping[str, Field]) -> DossierPart:
    """The part of a mapping; its condition may ask about `fields`."""
    max_pages = section.whole("max_pages", 20)
    if max_pages == 0:
        section.follow_up("a part has at least one page", "max_pages")
    part = DossierPart(
        code=section.text("code"),
        name=section.text("name"),
        hint=section.text("hint", ""),
        required=section.flag("required", default=True),
        fact=read_fact(section.section("fact")),
        when=read_condition(section, "when", fields),
        copy_kinds=tuple(kind.value for kind in section.some_of("copy_kinds", CopyKind)) or (CopyKind.ORIGINAL.value,),
        alternatives=section.texts("alternatives"),
        replaced_by_data=section.text("replaced_by_data", ""),
        shown_only=section.flag("shown_only", default=False),
        return_original=section.flag("return_original", default=True),
        max_pages=max_pages,
        picture=section.one_of("picture", Picture, Picture.PAPERS),
    )
    if part.shown_only and part.replaced_by_data:
        section.problem("is shown at the counter, or is looked up there, not both", "shown_only")
    section.close()
    return part
