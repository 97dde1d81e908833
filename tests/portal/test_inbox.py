"""Tests of portal/inbox.py: the list by pages, with names shortened."""

import pytest

from portal import inbox
from portal.inbox import inbox_page, short_name, stored_dossier
from portal.opening import Portal
from tests.portal.desk import OFFICE, Desk


@pytest.mark.parametrize(
    ("name", "short"),
    [("NGUYỄN VĂN MẪU", "NGUYỄN V. M."), ("Lê  Thị", "Lê T."), ("Mẫu", "Mẫu"), ("", "")],
)
def test_a_short_name_is_the_family_name_and_initials(name: str, short: str) -> None:
    assert short_name(name) == short


def test_an_empty_portal_has_one_empty_page(portal: Portal) -> None:
    page = inbox_page(portal, 1)
    assert (page.rows, page.number, page.count) == ((), 1, 1)


def test_pages_hold_the_latest_first(portal: Portal, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "PAGE_ROWS", 2)
    filed = [desk.dossier() for _ in range(5)]
    for dossier in filed:
        desk.file(dossier)
    pages = [inbox_page(portal, number) for number in (1, 2, 3, 4)]
    assert [page.count for page in pages] == [3] * 4
    listed = [row.client_ref for page in pages for row in page.rows]
    assert listed == [str(dossier.client_ref) for dossier in reversed(filed)]
    first = pages[0].rows[0]
    assert first.national_code.startswith(f"{OFFICE.agency_code}-")
    assert (first.owner, first.document_count) == ("NGUYỄN V. M.", 1)


def test_a_dossier_is_opened_as_it_was_sent(portal: Portal, desk: Desk) -> None:
    dossier = desk.dossier()
    desk.file(dossier)
    stored = stored_dossier(portal, dossier.client_ref)
    assert stored is not None
    assert stored.manifest.to_bytes() == dossier.content
