"""`kiosk portal import`: what a kiosk exported comes into the portal once, whatever happened to stick or kiosk."""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.utils import base64url_decode

from commands import portal_import
from commands.wall_clock import WallClock
from kiosk.keys import DemoKeys
from kiosk.outbox import State
from kiosk.store import Identity, Store
from sync.enrolment import Enrolled, device_key_of, enrol, open_portal
from sync.server_time import ServerTime
from sync.signing import Signer
from sync.syncer import Syncer
from sync.transport import Transport
from sync.usb_export import Exported, Watch, export_to
from sync.usb_format import DOSSIERS, EXPORT_JWS, MANIFEST, RECEIPTS
from sync.usb_receipts import TakenBack, take_receipts
from tests.portal.desk import jwk_of
from tests.portal.running import RunningPortal, Said
from tests.sample_dossiers import NAME, random_paper, sample_dossier
from tests.sync.sticks import MIB, after, files_below


@dataclass
class Office:
    """An enrolled kiosk with two waiting dossiers, a stick, and the portal's machine."""

    folder: Path
    running: RunningPortal
    enrolled: Enrolled
    keys: DemoKeys
    store: Store
    refs: tuple[UUID, ...]

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    def export(self, watch: Watch | None = None) -> Path:
        signer = Signer(self.enrolled.enrolment.kiosk_id, device_key_of(self.enrolled, self.keys))
        outcome = export_to(self.stick, self.store.exports, signer, WallClock().now(), watch)
        assert isinstance(outcome, Exported) or watch
        return next(path for path in sorted(self.stick.iterdir(), reverse=True))

    def take(self, *options: str, folder: Path | None = None) -> tuple[int, dict[str, str]]:
        """Exit code, and result by reference."""
        said = self.said("--json", *options, folder=folder)
        exports = json.loads(said.out)["exports"] if said.out else []
        return said.code, {each["client_ref"]: each["result"] for export in exports for each in export["dossiers"]}

    def said(self, *options: str, folder: Path | None = None) -> Said:
        return self.running.command("import", str(folder or self.stick), *options)

    def results(self, *results: str) -> dict[str, str]:
        return {str(ref): result for ref, result in zip(self.refs, results, strict=True)}

    def send(self) -> list[State]:
        """Real rounds over real HTTP while there is more to send; where the dossiers are then."""
        with self.running.in_this_process() as url:
            clock = WallClock()
            enrolled = self.enrolled.model_copy(update={"portal_url": url})
            portal = open_portal(enrolled, self.keys, clock, ServerTime(clock), None)
            syncer = Syncer(self.store, portal, clock, Random(1))
            while syncer.run_once(clock.now()).more:
                pass
            portal.close()
        return [entry.state for entry in self.store.entries()]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal and a kiosk with two dossiers, made once; each test works on a copy."""
    folder = tmp_path_factory.mktemp("office")
    running = RunningPortal(folder / "portal")
    code = running.enrol_code()
    clock, keys = WallClock(), DemoKeys(folder / "keys")
    with running.in_this_process() as url:
        transport = Transport(url, ServerTime(clock))
        enrolled = enrol(transport, code, keys, "máy thử")
        transport.close()
    assert isinstance(enrolled, Enrolled)
    (folder / "enrolled.json").write_text(enrolled.model_dump_json())
    of = enrolled.enrolment
    identity = Identity(of.kiosk_id, of.recovery_key_id, base64url_decode(of.recovery_public_key))
    with Store.open(folder / "store", keys, clock, reserve_bytes=0) as store:
        for number in (1, 2):
            store.seal(sample_dossier(number, random_paper(number, 2 * MIB + 5), b"shared paper"), identity)
    return folder


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Iterator[Office]:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    (tmp_path / "stick").mkdir()
    keys = DemoKeys(tmp_path / "keys")
    enrolled = Enrolled.model_validate_json((tmp_path / "enrolled.json").read_text())
    with Store.open(tmp_path / "store", keys, WallClock(), reserve_bytes=0) as store:
        refs = tuple(entry.client_ref for entry in store.entries())
        yield Office(tmp_path, RunningPortal(tmp_path / "portal"), enrolled, keys, store, refs)


def test_a_stick_is_imported_and_what_the_line_brings_later_is_the_same(office: Office) -> None:
    office.export()
    assert office.take() == (0, office.results("imported", "imported"))
    told = json.loads(office.said("--json").out)["exports"][0]["dossiers"]
    assert [each["result"] for each in told] == ["held", "held"]
    codes = [each["national_code"] for each in told]
    assert len(set(codes)) == 2
    assert office.send() == [State.RECEIPTED, State.RECEIPTED]
    assert [entry.national_code for entry in office.store.entries()] == codes
    again = office.said()
    assert again.code == 0
    assert "0 hồ sơ mới nhận, 2 hồ sơ đã có từ trước, 0 hồ sơ chưa nhận được." in again.out
    assert NAME not in again.out


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.proof
def test_what_was_changed_on_the_stick_is_not_taken_and_the_rest_is(office: Office) -> None:
    flip(office.export() / DOSSIERS / str(office.refs[0]) / MANIFEST)
    assert office.take() == (1, office.results("damaged", "imported"))
    assert "USB đã bị sửa, thêm hoặc bớt" in office.said().out
    assert office.send() == [State.RECEIPTED, State.RECEIPTED], "the line brings what the stick could not"


def test_another_kiosks_signature_is_not_taken(office: Office) -> None:
    signer = Signer(office.enrolled.enrolment.kiosk_id, DemoKeys(office.folder / "thief").device_key())
    assert isinstance(export_to(office.stick, office.store.exports, signer, WallClock().now()), Exported)
    assert office.take() == (1, office.results("signature", "signature"))
    stranger = Signer("somebody", device_key_of(office.enrolled, office.keys))
    assert isinstance(export_to(office.stick, office.store.exports, stranger, WallClock().now()), Exported)
    assert set(office.take()[1].values()) == {"signature"}
    assert "Tờ kê của lần chép không mang chữ ký" in office.said().out


@pytest.mark.proof
def test_an_unfinished_export_gives_what_is_whole(office: Office) -> None:
    export = office.export(Watch(stopped=after(7)))
    assert not (export / EXPORT_JWS).exists()
    assert office.take() == (1, office.results("imported", "unfinished"))
    assert "Lần chép này chưa xong" in office.said().out
    assert office.export() == export
    assert office.take() == (0, office.results("held", "imported"))


def test_a_revoked_kiosks_dossiers_are_taken_and_marked(office: Office) -> None:
    office.export()
    assert office.running.command("revoke", office.enrolled.enrolment.kiosk_id).code == 0
    assert office.take() == (0, office.results("imported", "imported"))
    assert office.said().out.count("đã bị thu hồi quyền") == 2


@pytest.mark.proof
def test_the_recovery_key_may_be_kept_away_from_the_portal(office: Office) -> None:
    office.export()
    kept, away = office.folder / "portal" / "keys" / "recovery.pem", office.folder / "safe.pem"
    public = office.enrolled.enrolment.recovery_public_key
    kept.rename(away)
    office.running.options += ["--recovery-public", public]
    refused = office.said()
    assert (refused.code, refused.out) == (2, "")
    assert "--recovery-key" in refused.err
    other = office.folder / "other.pem"
    key = X25519PrivateKey.generate()
    other.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    assert office.take("--recovery-key", str(other)) == (1, office.results("other_recovery_key", "other_recovery_key"))
    assert office.take("--recovery-key", str(away)) == (0, office.results("imported", "imported"))


def test_the_folder_of_a_kiosk_whose_keys_are_lost_is_imported_when_somebody_vouches_for_it(office: Office) -> None:
    office.store.close()
    lost = office.folder / "lost"
    shutil.copytree(office.folder / "store", lost)
    shutil.rmtree(office.folder / "keys")
    refused = office.said(folder=lost)
    assert refused.code == 2
    assert "--unsigned" in refused.err
    shutil.copytree(lost, office.stick / "diem-truy-cap-store-20261122T064000Z")
    assert office.take("--unsigned") == (0, office.results("imported", "imported"))
    assert office.take("--unsigned", folder=lost) == (0, office.results("held", "held"))
    flip(lost / "store.recovery")
    assert office.said("--unsigned", folder=lost).code == 1


def test_the_receipts_go_back_on_the_stick_and_are_believed_like_the_lines(office: Office) -> None:
    export = office.export()
    office.take("--receipts")
    root = office.enrolled.enrolment.root_key
    stranger = jwk_of(Ed25519PrivateKey.generate())
    assert take_receipts(office.stick, office.store, stranger, WallClock().now()) == TakenBack(new=0, wrong=2)
    other = json.loads((export / RECEIPTS).read_text())
    other["receipts"] = dict(zip(other["receipts"], reversed(other["receipts"].values()), strict=True))
    kept = (export / RECEIPTS).read_text()
    (export / RECEIPTS).write_text(json.dumps(other))
    assert take_receipts(office.stick, office.store, root, WallClock().now()) == TakenBack(new=0, wrong=2)
    (export / RECEIPTS).write_text("{")
    assert take_receipts(office.stick, office.store, root, WallClock().now()) == TakenBack(new=0, wrong=1)
    (export / RECEIPTS).write_text(kept)
    assert take_receipts(office.stick, office.store, root, WallClock().now()) == TakenBack(new=2, wrong=0)
    assert [entry.state for entry in office.store.entries()] == [State.RECEIPTED, State.RECEIPTED]
    assert take_receipts(office.stick, office.store, root, WallClock().now()) == TakenBack(new=0, wrong=0)
    assert office.take() == (0, office.results("held", "held")), "the export itself is as it was"


def test_a_write_protected_stick_is_told_after_what_was_taken(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.export()

    def refuse(_path: Path, _content: bytes) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(portal_import, "put", refuse)
    said = office.said("--receipts")
    assert said.code == 1
    assert "2 hồ sơ mới nhận" in said.out
    assert "Không ghi được biên nhận vào USB" in said.err


@pytest.mark.proof
def test_a_folder_with_nothing_is_told(office: Office) -> None:
    assert "Không thấy hồ sơ nào" in office.said().err
    assert office.said(folder=office.folder / "nowhere").code == 1


@pytest.mark.proof
def test_nothing_of_a_citizen_lies_in_the_clear_after_an_import(office: Office) -> None:
    office.export()
    office.take("--receipts")
    for name, content in files_below(office.folder).items():
        assert NAME.encode() not in content, name
        assert b"shared paper" not in content, name
