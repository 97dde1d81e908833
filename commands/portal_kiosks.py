"""The portal's kiosks as its operator sees them: who they are, where they stand, and whose place they took."""

from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.dates import VIETNAM
from kiosk.texts import _
from portal.schema import kiosk


def kiosk_lines(connection: Connection) -> list[str]:
    """One line a kiosk, the latest enrolment first."""
    rows = connection.execute(select(kiosk).order_by(kiosk.c.enrolled_at.desc(), kiosk.c.kiosk_id)).all()
    return ["  ".join(_cells(row)) for row in rows]


def _cells(row: Row[tuple[Any, ...]]) -> list[str]:
    enrolled = f"{row.enrolled_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    cells = [row.kiosk_id, enrolled, row.office_name, row.device_name, _standing(row)]
    if row.follows:
        cells.append(_("tiếp nối {kiosk_id}").format(kiosk_id=row.follows))
    if row.rejoins:
        cells.append(_("đĩa cũ được đưa trở lại {count} lần").format(count=row.rejoins))
    return cells


def _standing(row: Row[tuple[Any, ...]]) -> str:
    if row.cloned_at is not None:
        return _("bị nhân bản, hãy đăng ký lại")
    return _("đã thu hồi") if row.revoked_at is not None else _("đang dùng")
