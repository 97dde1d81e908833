"""Tests of commands/queue_listing.py: what staff read, and scripts parse, of the outbox."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from commands.queue_listing import lines, listing
from kiosk.outbox import OutboxEntry, QueueCondition, State
from kiosk.queue_alarm import AlarmRules, queue_health, tally_of

AT = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
TABLE = """\
Mã phiếu     Trạng thái      Lưu lúc           Lần thử  Thử lại lúc       Vướng mắc         Mã hồ sơ
ABCDE-00001  chờ gửi         16/11/2026 08:00  2        16/11/2026 08:00  http-503          –
ABCDE-00002  cần cán bộ xem  16/11/2026 08:00  0        –                 invalid-manifest  –
ABCDE-00003  đã nộp          16/11/2026 08:00  0        –                 –                 H26.01-20261116-0001
"""


def entry(number: int, state: State) -> OutboxEntry:
    return OutboxEntry(UUID(int=number), number, f"ABCDE{number:05}", "2.000635", state, 0, AT)


def test_a_line_a_dossier_and_one_that_sums_up() -> None:
    entries = [
        replace(entry(1, State.SEALED), attempts=2, next_try_at=AT, problem="http-503"),
        replace(entry(2, State.PARKED), problem="urn:diem-truy-cap:problem:invalid-manifest"),
        replace(entry(3, State.RECEIPTED), national_code="H26.01-20261116-0001"),
        entry(4, State.SHREDDED),
    ]
    shown = json.loads(json.dumps(listing(entries, QueueCondition.OFFLINE)))
    *table, busy, refused, how, summary = lines(shown)
    assert table == TABLE.splitlines()
    assert busy == "http-503: Cổng trả lời mã lỗi 503. Máy tự thử lại, không cần làm gì."
    assert refused.startswith("invalid-manifest: Cổng không chấp nhận nội dung tờ khai của hồ sơ. Gọi người quản lý")
    assert how == "Gửi lại hồ sơ cần cán bộ xem: kiosk queue retry MÃ_PHIẾU"
    assert summary == (
        "1 hồ sơ chưa gửi xong, 1 cần cán bộ xem, 2 đã nộp. Gửi hồ sơ: chưa kết nối được với cổng; máy tự thử lại."
    )


def test_an_empty_outbox_is_one_line() -> None:
    assert lines(listing([], None)) == ["0 hồ sơ chưa gửi xong, 0 cần cán bộ xem, 0 đã nộp. Phần mềm đang không chạy."]


def test_scripts_get_stable_words() -> None:
    shown = listing([entry(1, State.SEALED), entry(2, State.SHREDDED)], QueueCondition.CLEAR)
    assert (shown["condition"], shown["shredded"]) == ("clear", 1)
    assert shown["entries"] == [
        {
            "client_ref": "00000000-0000-0000-0000-000000000001",
            "slip_code": "ABCDE00001",
            "service_code": "2.000635",
            "state": "sealed",
            "sealed_at": "2026-11-16T01:00:00+00:00",
            "attempts": 0,
            "next_try_at": None,
            "problem": "",
            "national_code": None,
            "size_bytes": 0,
        }
    ]


@pytest.mark.parametrize("state", State)
def test_every_state_has_words(state: State) -> None:
    expected = {State.SHREDDED: 1, State.PARKED: 4}
    assert len(lines(listing([entry(1, state)], None))) == expected.get(state, 3)


def test_alarms_stand_first_and_scripts_get_their_names() -> None:
    entries = [entry(1, State.SEALED), entry(2, State.PARKED)]
    health = queue_health(tally_of(entries), AT + timedelta(days=2), AlarmRules())
    shown = listing(entries, None, health=health)
    assert [alarm["alarm"] for alarm in shown["alarms"]] == ["parked", "waiting_long"]
    assert lines(shown)[:2] == [
        "Cảnh báo: 1 hồ sơ bị cổng trả lại, cần cán bộ xem.",
        "Cảnh báo: 1 hồ sơ chưa gửi được, hồ sơ cũ nhất đã chờ 48 giờ. Hãy xem đường truyền.",
    ]
