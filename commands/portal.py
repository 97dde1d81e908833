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

from commands.portal_badges import add_helper_commands
from commands.portal_kiosks import kiosk_lines
from commands.portal_options import add_import_options, add_limits, add_places, settings_of
from kiosk.texts import _
from portal.accounts import PASSWORD_MIN_LENGTH, Accounts
from portal.app import make_app
from portal.documents import DOCUMENT_NAMES, publish
from portal.durable import write_durably
from portal.enrolment import CODE_VALID_S, Office, find_kiosk, new_code, revoke
from portal.instants import utc_now
from portal.keys import add_signing_key, open_recovery_key
from portal.opening import Portal, open_portal
from portal.server import PortalServer, is_loopback, listen, url_of
from portal.settings import CannotStart, StartProblem
from portal.setup import prepare
from portal.tidying import Tidying, tidy

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
    places = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    add_places(places)
    parser = argparse.ArgumentParser(prog="kiosk portal", parents=[places])
    parser.set_defaults(act=_serve)
    _add_serving_options(parser)
    commands = parser.add_subparsers(title="beside serving")
    user = commands.add_parser("user", help="personal accounts").add_subparsers(required=True)
    add = user.add_parser("add", parents=[places], help="make an account, or set its password (asked, or from stdin)")
    add.add_argument("name")
    add.set_defaults(act=_add_user)
    code = commands.add_parser("enrol-code", parents=[places], help="print a one-time code for a kiosk")
    code.add_argument("--agency", nargs=2, metavar=("CODE", "NAME"))
    code.add_argument("--office", help="the office's name as citizens know it")
    code.add_argument("--hotline", default="", help="whom citizens call")
    code.add_argument("--follows", metavar="KIOSK_ID", help="in the place of that kiosk, for the same office")
    code.set_defaults(act=_enrol_code, refuse=code.error)
    listed = commands.add_parser("kiosks", parents=[places], help="every kiosk that was enrolled, and its standing")
    listed.set_defaults(act=_kiosks)
    revoked = commands.add_parser("revoke", parents=[places], help="take a kiosk's right to call")
    revoked.add_argument("kiosk_id")
    revoked.set_defaults(act=_revoke)
    rotated = commands.add_parser("rotate-key", parents=[places], help="make a new signing key, used after a restart")
    rotated.set_defaults(act=_rotate_key)
    tidied = commands.add_parser("tidy", parents=[places], help="remove old pieces that no dossier is made of, now")
    tidied.set_defaults(act=_tidy)
    published = commands.add_parser("publish", parents=[places], help="hand out a new version of a document")
    published.add_argument("document", choices=DOCUMENT_NAMES)
    published.add_argument("file", type=Path, help="a JSON object")
    published.set_defaults(act=_publish)
    add_helper_commands(commands, places)
    taken = commands.add_parser("import", parents=[places], help="take dossiers from a stick, or from a lost kiosk")
    add_import_options(taken)
    taken.set_defaults(act=_import)
    return parser


def _add_serving_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 takes a free one")
    parser.add_argument(
        "--share-port", action="store_true", help="let other processes of this portal serve the same port (Linux)"
    )
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
    add_limits(parser)


@contextlib.contextmanager
def _opened(arguments: argparse.Namespace) -> Iterator[Portal]:
    portal = open_portal(settings_of(arguments), utc_now)
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
        listener = listen(arguments.host, arguments.port, shared=arguments.share_port)
        url = url_of(listener, tls is not None)
        server = PortalServer(make_app(portal), listener, lambda: _announce(url, arguments.ready_file), tls)
        if arguments.exit_with_parent:
            threading.Thread(target=_end_with_stdin, args=(server,), daemon=True).start()
        tidying = Tidying(portal)
        tidying.start()
        server.serve_until_told()
        tidying.stop()
    return 0


def _tidy(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as portal:
        tidied = tidy(portal)
    text = _("Đã dọn {count} mảnh giấy tờ không thuộc hồ sơ nào ({size} MB).")
    print(text.format(count=tidied.pieces, size=f"{tidied.size_bytes / 1_000_000:.1f}".replace(".", ",")))
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
    print((_("Đã tạo tài khoản {name}.") if new else _("Đã đổi mật khẩu của {name}.")).format(name=arguments.name))
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
    if arguments.follows:
        return _follow_code(arguments)
    if not (arguments.agency and arguments.office):
        arguments.refuse("--agency and --office are needed, or --follows alone")
    agency_code, agency_name = arguments.agency
    office = Office(agency_code, agency_name, arguments.office, arguments.hotline)
    try:
        code = prepare(settings_of(arguments), office)
    except ValueError:
        return _refuse(_("Mã cơ quan không đúng dạng, ví dụ đúng: H32.15"))
    return _show_code(code)


def _follow_code(arguments: argparse.Namespace) -> int:
    """The code is for the same office, so nobody has to type it again."""
    if arguments.agency or arguments.office:
        arguments.refuse("--follows takes the office of that kiosk: give neither --agency nor --office")
    with _opened(arguments) as portal, portal.database.write() as connection:
        before = find_kiosk(connection, arguments.follows)
        if before is None:
            return _refuse(_("Không có máy nào mang mã này."))
        code = new_code(connection, before.office, portal.now(), follows=before.id)
    words = _("Máy đăng ký bằng mã này tiếp nối máy {kiosk_id} ({office}); khi đó máy cũ không còn được gửi hồ sơ.")
    print(words.format(kiosk_id=before.id, office=before.office.name), file=sys.stderr)
    return _show_code(code)


def _show_code(code: str) -> int:
    print(code)
    hours = int(CODE_VALID_S // 3600)
    print(_("Mã dùng một lần, trong {hours} giờ.").format(hours=hours), file=sys.stderr)
    return 0


def _kiosks(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as portal, portal.database.read() as connection:
        lines = kiosk_lines(connection)
    print("\n".join(lines) if lines else _("Chưa có máy nào đăng ký."))
    return 0


def _revoke(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as portal, portal.database.write() as connection:
        found = revoke(connection, arguments.kiosk_id, portal.now())
    if not found:
        return _refuse(_("Không có máy nào mang mã này."))
    print(_("Máy không còn được gửi hồ sơ. Hồ sơ đã nhận vẫn còn."))
    return 0


def _rotate_key(arguments: argparse.Namespace) -> int:
    kid = add_signing_key(settings_of(arguments).keys)
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


def _import(arguments: argparse.Namespace) -> int:
    """0: everything there is in the portal now; 1: something is not; 2: refused."""
    from commands.portal_import_listing import import_and_tell  # noqa: PLC0415  half of what the others have to load

    key = open_recovery_key(settings_of(arguments), arguments.recovery_key)
    with _opened(arguments) as portal:
        return import_and_tell(portal, arguments, key)


def _sentence(problem: StartProblem) -> str:
    match problem:
        case StartProblem.KEYS_BESIDE_PAPERS:
            return _("Khóa phải nằm ngoài thư mục giấy tờ và thư mục cơ sở dữ liệu: hãy chọn --keys khác.")
        case StartProblem.KEYS_UNUSABLE:
            return _("Có tệp khóa không đọc được. Hãy khôi phục từ bản sao lưu; cổng không tự tạo khóa khác.")
        case StartProblem.OTHER_KEY:
            return _("Khóa mã hóa không phải khóa đã dùng cho dữ liệu này. Hãy dùng đúng --keys hoặc --key-file.")
        case StartProblem.OTHER_PAPERS:
            return _("Kho giấy tờ này là của một cổng khác. Hãy chọn --files riêng cho cơ sở dữ liệu này.")
        case StartProblem.NOT_A_TEST_PORTAL:
            return _("Cơ sở dữ liệu này là của cổng thật, không mở được bằng --test.")
        case StartProblem.OTHER_SCHEMA:
            return _("Cơ sở dữ liệu thuộc phiên bản khác của chương trình. Hãy cập nhật chương trình.")
        case StartProblem.DATABASE:
            return _("Không mở được cơ sở dữ liệu. Hãy kiểm tra --database.")
        case StartProblem.NO_RECOVERY_KEY:
            return _("Không đọc được khóa phục hồi. Hãy chỉ ra tệp khóa (PEM): --recovery-key TỆP")
        case StartProblem.BUCKET:
            return _("Không mở được kho lưu giấy tờ. Hãy kiểm tra --files và khóa truy cập kho trong biến môi trường.")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


def _say_failed(sentence: str, error: Exception) -> int:
    print(sentence.format(reason=error), file=sys.stderr)
    return FAILED
