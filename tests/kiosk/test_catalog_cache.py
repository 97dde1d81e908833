"""The kept catalogue: right or not used at all, never a danger, and the last good one while the files are wrong."""

import os
import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk import catalog_cache
from kiosk.catalog import Catalog, Fact, Route
from kiosk.catalog_cache import NAME, load_cached, restored, stored
from kiosk.errors import CatalogProblem
from tests.factories import fixture_catalog, make_service
from tests.sample_forms import FIXTURES, RESOURCES, extract_copy

CODE = "9.000001"
Unreadable = Callable[[], None]


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    """The small catalogue with the lists and printed forms of the release."""
    folder = tmp_path / "resources"
    shutil.copytree(FIXTURES / "catalog", folder / "catalog")
    for name in ("codes", "declarations", "areas"):
        shutil.copytree(RESOURCES / name, folder / name)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kiosk"


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> Unreadable:
    """From now on a file that is read is a mistake of the test."""

    def refuse(*_arguments: object) -> Catalog:
        raise AssertionError("the files were read")

    return lambda: monkeypatch.setattr(catalog_cache, "load_catalog", refuse)


def edit(resources: Path, old: str, new: str, file: str = f"{CODE}/service.yaml") -> None:
    path = resources / "catalog" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_did_not_change_is_not_read_again(resources: Path, folder: Path, no_reading: Unreadable) -> None:
    first = load_cached(resources, (), folder)
    no_reading()
    again = load_cached(resources, (), folder)
    assert again == first
    assert again.problems == ()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes of files: the user's own folder guards it there")
def test_only_the_kiosk_reads_the_file(resources: Path, folder: Path) -> None:
    load_cached(resources, (), folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / NAME).stat().st_mode & 0o777 == 0o600


def test_every_value_comes_back_as_it_was() -> None:
    catalog = fixture_catalog()
    catalog = replace(catalog, services=(*catalog.services, extract_copy(), make_service()))
    assert restored(stored(catalog)) == catalog


def test_a_shared_form_stays_one_value() -> None:
    one = make_service()
    catalog = replace(fixture_catalog(), services=(one, replace(one, code="9.999998")))
    back = restored(stored(catalog))
    assert back is not None
    assert back.services[0].form is back.services[1].form


@pytest.mark.parametrize("where", ["catalog", "codes", "declarations", "areas"])
def test_what_changed_is_read_again(resources: Path, folder: Path, where: str) -> None:
    before = load_cached(resources, (), folder).catalog
    kept = (folder / NAME).read_bytes()
    match where:
        case "catalog":
            edit(resources, "minutes_at_kiosk: 5", "minutes_at_kiosk: 6")
        case "areas":
            table = resources / "areas" / "provinces.tsv"
            table.write_text(table.read_text(encoding="utf-8").replace("Hà Nội", "Mẫu"), encoding="utf-8")
        case "codes":
            with (resources / "codes" / "nationalities.yaml").open("a") as file:
                file.write("# changed\n")
        case _:
            (resources / "declarations" / "fresh.typ").touch()
    after = load_cached(resources, (), folder).catalog
    assert (folder / NAME).read_bytes() != kept
    assert (after.service(CODE).minutes_at_kiosk == 6) is (where == "catalog")
    assert (after == before) is (where != "catalog")


def test_another_program_reads_the_files_anew(
    resources: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, no_reading: Unreadable
) -> None:
    load_cached(resources, (), folder)
    no_reading()
    monkeypatch.setattr("kiosk.__version__", "other")
    with pytest.raises(AssertionError, match="were read"):
        load_cached(resources, (), folder)


@pytest.mark.parametrize("size", [0, 10, 96, 500])
def test_a_file_that_is_cut_short_is_made_again(resources: Path, folder: Path, size: int) -> None:
    first = load_cached(resources, (), folder)
    whole = (folder / NAME).read_bytes()
    (folder / NAME).write_bytes(whole[:size])
    assert load_cached(resources, (), folder) == first
    assert (folder / NAME).read_bytes() == whole


def test_a_single_wrong_byte_is_noticed(resources: Path, folder: Path) -> None:
    first = load_cached(resources, (), folder)
    whole = (folder / NAME).read_bytes()
    at = whole.index("Dịch vụ thử".encode())
    (folder / NAME).write_bytes(whole[:at] + b"L" + whole[at + 1 :])
    assert load_cached(resources, (), folder) == first


class Call:
    """What a forged file would have the kiosk do."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self._reduced = (function, arguments)

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self._reduced


@pytest.mark.parametrize(
    "forged",
    [
        Call(os.mkdir, "forged"),
        Call(eval, "__import__('os').mkdir('forged')"),
        Call(getattr, Catalog, "service"),
        Call(setattr, Catalog, "service", None),
        Path("forged"),
        Catalog,
        {"version": "1"},
        "text",
    ],
    ids=["call", "eval", "getattr", "setattr", "other value", "class", "dict", "text"],
)
def test_a_forged_file_does_nothing(forged: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert restored(pickle.dumps(forged)) is None
    assert list(tmp_path.iterdir()) == []
    assert callable(Catalog.service)


@pytest.mark.parametrize("name", ["kiosk.catalog\nRoute", "kiosk.catalog\nFact", "datetime\ndate"])
def test_a_forged_file_cannot_change_a_class(name: str) -> None:
    """BUILD sets attributes of what is on the stack: there must never be a class there."""
    content = b"\x80\x04c" + name.encode() + b"\n(N}(X\x04\x00\x00\x00evilX\x01\x00\x00\x00xut" + b"b."
    assert restored(content) is None
    assert not hasattr(Route, "evil")
    assert not hasattr(Fact, "evil")


def test_wrong_files_leave_the_last_good_catalogue(resources: Path, folder: Path) -> None:
    good = load_cached(resources, (), folder).catalog
    edit(resources, "route: online_by_agreement", "route: somehow")
    edit(resources, "amount_vnd: 10000", "amount_vnd: much")
    for _start in range(2):
        loaded = load_cached(resources, (), folder)
        assert loaded.catalog == good
        assert [problem.partition("service.yaml:")[2][:2] for problem in loaded.problems] == ["10", "20"]
    edit(resources, "route: somehow", "route: desk")
    edit(resources, "amount_vnd: much", "amount_vnd: 9000")
    mended = load_cached(resources, (), folder)
    assert (mended.problems, mended.catalog.service(CODE).fees[0].amount_vnd) == ((), 9000)


def test_wrong_files_without_a_good_catalogue_are_a_problem(resources: Path, folder: Path) -> None:
    edit(resources, "route: online_by_agreement", "route: somehow")
    with pytest.raises(CatalogProblem, match="'route' is 'somehow'"):
        load_cached(resources, (), folder)


def test_a_wrong_override_never_takes_the_shipped_catalogue_down(resources: Path, folder: Path, tmp_path: Path) -> None:
    office = tmp_path / "office"
    (office / CODE).mkdir(parents=True)
    (office / CODE / "service.yaml").write_text("minutes_at_kiosk: some\n")
    shipped = load_cached(resources, (), tmp_path / "other").catalog
    loaded = load_cached(resources, (office,), folder)
    assert loaded.catalog == shipped
    assert loaded.problems == (
        f"{office / CODE / 'service.yaml'}:1: 'minutes_at_kiosk' is 'some': needs a whole number",
    )
    (office / CODE / "service.yaml").write_text("minutes_at_kiosk: 9\n")
    assert load_cached(resources, (office,), folder).catalog.service(CODE).minutes_at_kiosk == 9
    (office / CODE / "service.yaml").write_text("minutes_at_kiosk: some\n")
    loaded = load_cached(resources, (office,), folder)
    assert (len(loaded.problems), loaded.catalog.service(CODE).minutes_at_kiosk) == (1, 9)


def test_a_folder_that_cannot_be_written_only_costs_time(resources: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert load_cached(resources, (), tmp_path / "file").catalog.service(CODE)
