"""`kiosk portal`: run the reference portal, and what its operator does beside it (accounts, enrolment codes, keys)."""

import argparse
import contextlib
import getpass
import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import platformdirs

from kiosk.texts import _
from portal.accounts import PASSWORD_MIN_LENGTH, Accounts
from portal.app import make_app
from portal.documents import DOCUMENT_NAMES, publish
from portal.durable import write_durably
from portal.enrolment import CODE_VALID_S, Office, revoke
from portal.instants import utc_now
from portal.keys import add_signing_key
from portal.opening import Portal, open_portal
from portal.server import PortalServer, is_loopback, listen, url_of
from portal.settings import CannotStart, Settings, StartProblem
from portal.setup import prepare

APP = "diem-truy-cap"
DEFAULT_PORT = 8400
FAILED = 1
REFUSED = 2

_log = logging.getLogger(__name__)


def run(argv: list[str]) -> int:
    """`kiosk portal …`. 0: done; 1: could not; 2: refused, with a sentence that says what to do."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    act: Callable[[argparse.Namespace], int] = arguments.act
    try:
        return act(arguments)
    except CannotStart as error:
        _log.error("%s", error)
        return _refuse(_sentence(error.problem))
    except OSError as error:
        _log.error("%s", error)
        return _say_failed(_("Không dùng được thư mục hoặc cổng mạng của cổng tiếp nhận: {reason}"), error)


def _parser() -> argparse.ArgumentParser:
    """What is not given on the command line is absent, so that options stand before or after a sub-command."""
    places = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    places.add_argument("--database", metavar="URL", help="sqlite:///FILE or postgresql+psycopg://…")
    places.add_argument("--files", type=Path, metavar="DIR", help="the papers, encrypted")
    places.add_argument("--keys", type=Path, metavar="DIR", help="the keys; outside database and papers")
    places.add_argument("--key-file", type=Path, metavar="FILE", help="the at-rest key, if not in --keys")
    places.add_argument("--recovery-public", metavar="KEY", help="X25519, base64url; default: a pair in --keys")
    places.add_argument("--test", action="store_true", help="make a test portal: its dossiers have no legal effect")
    parser = argparse.ArgumentParser(prog="kiosk portal", parents=[places])
    parser.set_defaults(act=_serve)
    _add_serving_options(parser)
    commands = parser.add_subparsers(title="beside serving")
    user = commands.add_parser("user", help="personal accounts").add_subparsers(required=True)
    add = user.add_parser("add", parents=[places], help="make an account, or set its password (asked, or from stdin)")
    add.add_argument("name")
    add.set_defaults(act=_add_user)
    code = commands.add_parser("enrol-code", parents=[places], help="print a one-time code for a kiosk")
    code.add_argument("--agency", nargs=2, metavar=("CODE", "NAME"), required=True)
    code.add_argument("--office", required=True, help="the office's name as citizens know it")
    code.add_argument("--hotline", default="", help="whom citizens call")
    code.set_defaults(act=_enrol_code)
    revoked = commands.add_parser("revoke", parents=[places], help="take a kiosk's right to call")
    revoked.add_argument("kiosk_id")
    revoked.set_defaults(act=_revoke)
    rotated = commands.add_parser("rotate-key", parents=[places], help="make a new signing key, used after a restart")
    rotated.set_defaults(act=_rotate_key)
    published = commands.add_parser("publish", parents=[places], help="hand out a new version of a document")
    published.add_argument("document", choices=DOCUMENT_NAMES)
    published.add_argument("file", type=Path, help="a JSON object")
    published.set_defaults(act=_publish)
    return parser


def _add_serving_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 takes a free one")
    parser.add_argument("--tls-cert", type=Path, metavar="FILE")
    parser.add_argument("--tls-key", type=Path, metavar="FILE")
    parser.add_argument(
        "--durable-after",
        type=float,
        metavar="SECONDS",
        help="after which a dossier is in a backup; default: a day, 0 for a test portal",
    )
    parser.add_argument("--ready-file", type=Path, metavar="FILE", help='gets {"url": …} when the portal answers')
    parser.add_argument("--exit-with-parent", action="store_true", help="end when stdin is closed")


def _settings(arguments: argparse.Namespace) -> Settings:
    given = vars(arguments)
    home = platformdirs.user_data_path(APP, appauthor=False) / "portal"
    return Settings(
        database_url=given.get("database", f"sqlite:///{(home / 'portal.db').as_posix()}"),
        files=given.get("files", home / "papers"),
        keys=given.get("keys", platformdirs.user_config_path(APP, appauthor=False) / "portal-keys"),
        key_file=given.get("key_file"),
        recovery_public=given.get("recovery_public", ""),
        test=given.get("test", False),
        durable_after_s=given["durable_after"],
    )


@contextlib.contextmanager
def _opened(arguments: argparse.Namespace) -> Iterator[Portal]:
    portal = open_portal(_settings(arguments), utc_now)
    try:
        yield portal
    finally:
        portal.database.close()


def _serve(arguments: argparse.Namespace) -> int:
    """Serve until a signal comes, or until the parent is gone."""
    with _opened(arguments) as portal:
        if not is_loopback(arguments.host):
            if not Accounts(portal.database, portal.now).exist():
                return _refuse(
                    _(
                        "Chưa có tài khoản cá nhân nào nên cổng chỉ mở trên chính máy này (127.0.0.1). "
                        "Hãy tạo tài khoản trước: kiosk portal user add TÊN"
                    )
                )
            if not arguments.tls_cert:
                _log.warning("%s is reached without TLS: put a TLS proxy before it, or give --tls-cert", arguments.host)
        tls = (arguments.tls_cert, arguments.tls_key or arguments.tls_cert) if arguments.tls_cert else None
        listener = listen(arguments.host, arguments.port)
        url = url_of(listener, tls is not None)
        server = PortalServer(make_app(portal), listener, lambda: _announce(url, arguments.ready_file), tls)
        if arguments.exit_with_parent:
            threading.Thread(target=_end_with_stdin, args=(server,), daemon=True).start()
        server.serve_until_told()
    return 0


def _announce(url: str, ready_file: Path | None) -> None:
    line = json.dumps({"url": url, "pid": os.getpid()})
    if ready_file is not None:
        write_durably(ready_file, line.encode(), ready_file.parent)
    print(line, flush=True)


def _end_with_stdin(server: PortalServer) -> None:
    """Reads below Python's buffers: a thread that waits inside them stops the interpreter from ending."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    server.should_exit = True


def _add_user(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as portal:
        try:
            password = _read_password()
            new = Accounts(portal.database, portal.now).add(arguments.name, password)
        except ValueError:
            return _refuse(
                _("Tên không được để trống; mật khẩu cần ít nhất {count} ký tự và gõ hai lần giống nhau.").format(
                    count=PASSWORD_MIN_LENGTH
                )
            )
    text = _("Đã tạo tài khoản {name}.") if new else _("Đã đổi mật khẩu của {name}.")
    print(text.format(name=arguments.name))
    return 0


def _read_password() -> str:
    """From a person, asked twice, or the first line of stdin; never from the command line, which others can see."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(_("Mật khẩu: "))
    if getpass.getpass(_("Gõ lại mật khẩu: ")) != password:
        raise ValueError("the passwords differ")
    return password


def _enrol_code(arguments: argparse.Namespace) -> int:
    """Prints the code alone on stdout: scripts read it."""
    agency_code, agency_name = arguments.agency
    office = Office(agency_code, agency_name, arguments.office, arguments.hotline)
    try:
        code = prepare(_settings(arguments), office)
    except ValueError:
        return _refuse(_("Mã cơ quan không đúng dạng, ví dụ đúng: H32.15"))
    print(code)
    hours = int(CODE_VALID_S // 3600)
    print(_("Mã dùng một lần, trong {hours} giờ.").format(hours=hours), file=sys.stderr)
    return 0


def _revoke(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as portal, portal.database.write() as connection:
        found = revoke(connection, arguments.kiosk_id, portal.now())
    if not found:
        return _refuse(_("Không có máy nào mang mã này."))
    print(_("Máy không còn được gửi hồ sơ. Hồ sơ đã nhận vẫn còn."))
    return 0


def _rotate_key(arguments: argparse.Namespace) -> int:
    kid = add_signing_key(_settings(arguments).keys)
    print(_("Đã tạo khóa ký {kid}. Cổng dùng khóa này sau khi khởi động lại.").format(kid=kid))
    return 0


def _publish(arguments: argparse.Namespace) -> int:
    try:
        content = json.loads(arguments.file.read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise TypeError("not a JSON object")
    except (ValueError, TypeError) as error:
        return _say_failed(_("Tệp không đọc được: {reason}"), error)
    with _opened(arguments) as portal, portal.database.write() as connection:
        version = publish(connection, arguments.document, content, portal.now())
    print(_("Đã phát hành phiên bản {version}.").format(version=version))
    return 0


def _sentence(problem: StartProblem) -> str:
    match problem:
        case StartProblem.KEYS_BESIDE_PAPERS:
            return _("Khóa phải nằm ngoài thư mục giấy tờ và thư mục cơ sở dữ liệu: hãy chọn --keys khác.")
        case StartProblem.KEYS_UNUSABLE:
            return _("Có tệp khóa không đọc được. Hãy khôi phục từ bản sao lưu; cổng không tự tạo khóa khác.")
        case StartProblem.OTHER_KEY:
            return _("Khóa mã hóa không phải khóa đã dùng cho dữ liệu này. Hãy dùng đúng --keys hoặc --key-file.")
        case StartProblem.NOT_A_TEST_PORTAL:
            return _("Cơ sở dữ liệu này là của cổng thật, không mở được bằng --test.")
        case StartProblem.OTHER_SCHEMA:
            return _("Cơ sở dữ liệu thuộc phiên bản khác của chương trình. Hãy cập nhật chương trình.")
        case StartProblem.DATABASE:
            return _("Không mở được cơ sở dữ liệu. Hãy kiểm tra --database.")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


def _say_failed(sentence: str, error: Exception) -> int:
    print(sentence.format(reason=error), file=sys.stderr)
    return FAILED
