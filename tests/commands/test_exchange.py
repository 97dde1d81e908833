"""The shipped contract fits the shipped forms, and what does not fit costs no dossier."""

import json
import logging
import shutil
from pathlib import Path

import pytest

from commands.exchange import ShippedExchange
from kiosk.catalog import Catalog
from tests.sample_forms import OWN_BIRTH, RESOURCES, TODAY, answered, extract_copy

FACTS = {"route": "desk", "today": TODAY.isoformat(), "province": "01"}


def catalog() -> Catalog:
    return Catalog("test", TODAY, (extract_copy(),))


def test_a_file_for_the_office_s_software() -> None:
    content = ShippedExchange(RESOURCES, catalog()).write(extract_copy(), answered(OWN_BIRTH), FACTS, "2025-07-01")
    assert content is not None
    assert json.loads(content)["data"]["cbsGioiTinh"] == 1


def test_a_contract_that_no_longer_fits_is_said_in_the_log_and_leaves_the_service_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(RESOURCES / "codes", tmp_path / "codes")
    shutil.copytree(RESOURCES / "areas", tmp_path / "areas")
    shutil.copytree(RESOURCES / "exchange", tmp_path / "exchange")
    broken = tmp_path / "exchange" / "2.000635.yaml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("registered_at", "registered_in"), encoding="utf-8")
    with caplog.at_level(logging.WARNING, "commands.exchange"):
        written = ShippedExchange(tmp_path, catalog()).write(extract_copy(), answered(OWN_BIRTH), FACTS, "2025-07-01")
    assert written is None
    assert "has no field 'registered_in'" in caplog.text
