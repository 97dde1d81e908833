"""Tests of devices.escl_quirks: the models that are asked differently."""

import pytest

from devices.escl_quirks import EsclQuirks, quirks_of


@pytest.mark.parametrize(
    ("model", "server", "quirks"),
    [
        ("Canon TR4500", "", EsclQuirks()),
        ("HP LaserJet MFP M630", "", EsclQuirks(host="localhost")),
        ("HP DeskJet 2700", "HP_Compact_Server", EsclQuirks(host="localhost")),
        ("EPSON XP-7100 Series", "", EsclQuirks(host="192.0.2.7:80")),
        ("Brother MFC-L2710DW", "", EsclQuirks(pause_between_pages=True)),
        ("B205", "", EsclQuirks(gone_is_later=True)),
    ],
)
def test_models(model: str, server: str, quirks: EsclQuirks) -> None:
    assert quirks_of(model, server, "192.0.2.7:80", is_local=False) == quirks


def test_this_machine_needs_no_other_name_for_itself() -> None:
    assert quirks_of("x", "HP_Compact_Server", "127.0.0.1:60000", is_local=True) == EsclQuirks()
