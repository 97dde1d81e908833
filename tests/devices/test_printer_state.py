"""What a printer says of itself, and what that means for the desk."""

import pytest

from devices.ipp_message import IppAnswer
from devices.printer_state import JobState, job_problem, printer_status
from kiosk.ports import Attention, DeviceReason, Ready, Unavailable

IDLE, STOPPED = 3, 5


def told(state: int, *reasons: str, accepting: bool = True) -> IppAnswer:
    return IppAnswer(
        0,
        {
            "printer-state": (state,),
            "printer-state-reasons": reasons or ("none",),
            "printer-is-accepting-jobs": (accepting,),
            "printer-make-and-model": ("Máy Mẫu",),
        },
    )


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (told(IDLE), Ready("Máy Mẫu")),
        (told(4), Ready("Máy Mẫu")),
        (told(IDLE, "media-low-report"), Attention(DeviceReason.PAPER_LOW, "media-low-report")),
        (told(IDLE, "toner-low-warning"), Attention(DeviceReason.INK_LOW, "toner-low-warning")),
        (told(IDLE, "media-empty"), Attention(DeviceReason.PAPER_OUT, "media-empty")),
        (told(IDLE, "media-empty-error"), Unavailable(DeviceReason.PAPER_OUT, "media-empty-error")),
        (told(STOPPED, "media-empty"), Unavailable(DeviceReason.PAPER_OUT, "media-empty")),
        (told(STOPPED, "media-needed-error"), Unavailable(DeviceReason.PAPER_OUT, "media-needed-error")),
        (told(STOPPED, "media-jam-error"), Unavailable(DeviceReason.JAM, "media-jam-error")),
        (told(STOPPED, "cover-open"), Unavailable(DeviceReason.COVER_OPEN, "cover-open")),
        (told(STOPPED, "door-open-error"), Unavailable(DeviceReason.COVER_OPEN, "door-open-error")),
        (told(STOPPED, "marker-supply-empty-error"), Unavailable(DeviceReason.INK_OUT, "marker-supply-empty-error")),
        (told(STOPPED, "paused"), Unavailable(DeviceReason.BUSY, "paused")),
        (told(STOPPED), Unavailable(DeviceReason.FAILED, "Máy Mẫu")),
        (told(STOPPED, "fuser-over-temp-error"), Unavailable(DeviceReason.FAILED, "fuser-over-temp-error")),
        (told(IDLE, accepting=False), Unavailable(DeviceReason.BUSY, "Máy Mẫu")),
        (told(IDLE, "something-new-report"), Ready("something-new-report")),
    ],
)
def test_the_states_of_a_printer(answer: IppAnswer, status: object) -> None:
    assert printer_status(answer) == status


def test_of_several_reasons_the_one_to_mend_first_is_told() -> None:
    status = printer_status(told(STOPPED, "toner-low-warning", "media-empty-error", "cover-open-error"))
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.COVER_OPEN


@pytest.mark.parametrize(
    ("state", "printer", "reason"),
    [
        (JobState.STOPPED, told(STOPPED, "media-empty"), DeviceReason.PAPER_OUT),
        (JobState.ABORTED, told(IDLE), DeviceReason.FAILED),
        (JobState.CANCELED, told(IDLE), DeviceReason.CANCELLED),
    ],
)
def test_why_a_job_did_not_come_out(state: JobState, printer: IppAnswer, reason: DeviceReason) -> None:
    job = IppAnswer(0, {"job-state": (int(state),), "job-state-reasons": ("printer-stopped",)})
    assert job_problem(job, printer).reason is reason
