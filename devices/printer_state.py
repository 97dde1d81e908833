"""What a page printer's state and its reasons mean at the desk (RFC 8011, sections 5.3.7, 5.3.8 and 5.4.11, 5.4.12)."""

from enum import IntEnum

from devices.ipp_message import IppAnswer
from kiosk.ports import Attention, DeviceProblem, DeviceReason, DeviceStatus, Ready, Unavailable


class JobState(IntEnum):
    """How far a job has come; what is not named here is still under way."""

    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


_PRINTER_STOPPED = 5
_SEVERITIES = ("-report", "-warning", "-error")
_REASONS = {
    "media-empty": DeviceReason.PAPER_OUT,
    "media-needed": DeviceReason.PAPER_OUT,
    "input-tray-missing": DeviceReason.PAPER_OUT,
    "media-low": DeviceReason.PAPER_LOW,
    "media-jam": DeviceReason.JAM,
    "cover-open": DeviceReason.COVER_OPEN,
    "door-open": DeviceReason.COVER_OPEN,
    "interlock-open": DeviceReason.COVER_OPEN,
    "toner-empty": DeviceReason.INK_OUT,
    "marker-supply-empty": DeviceReason.INK_OUT,
    "developer-empty": DeviceReason.INK_OUT,
    "toner-low": DeviceReason.INK_LOW,
    "marker-supply-low": DeviceReason.INK_LOW,
    "developer-low": DeviceReason.INK_LOW,
    "shutdown": DeviceReason.NOT_CONNECTED,
    "connecting-to-device": DeviceReason.NOT_CONNECTED,
    "offline": DeviceReason.NOT_CONNECTED,
    "paused": DeviceReason.BUSY,
    "moving-to-paused": DeviceReason.BUSY,
    "spool-area-full": DeviceReason.BUSY,
}
# What a person should mend first, where a printer gives several reasons.
_GRAVEST_FIRST = (
    DeviceReason.JAM,
    DeviceReason.COVER_OPEN,
    DeviceReason.PAPER_OUT,
    DeviceReason.INK_OUT,
    DeviceReason.NOT_CONNECTED,
    DeviceReason.BUSY,
    DeviceReason.PAPER_LOW,
    DeviceReason.INK_LOW,
)


def printer_status(answer: IppAnswer) -> DeviceStatus:
    """The status that Get-Printer-Attributes tells. Only a printer that has stopped, that calls it an error, or that
    takes no jobs cannot be used: many report one empty tray of two."""
    told = [text for text in answer.texts("printer-state-reasons") if text != "none"]
    detail = ", ".join(told) or " ".join(answer.texts("printer-make-and-model"))
    reason = _gravest(told)
    if answer.number("printer-state") == _PRINTER_STOPPED:
        return Unavailable(reason or DeviceReason.FAILED, detail)
    errors = _gravest([text for text in told if text.endswith("-error")])
    if errors is not None:
        return Unavailable(errors, detail)
    if answer.attributes.get("printer-is-accepting-jobs") == (False,):
        return Unavailable(DeviceReason.BUSY, detail)
    return Ready(detail) if reason is None else Attention(reason, detail)


def job_problem(job: IppAnswer, printer: IppAnswer) -> DeviceProblem:
    """Why a job did not come out: the printer's own trouble, else what the job says."""
    told = ", ".join((*job.texts("job-state-reasons"), *printer.texts("printer-state-reasons")))
    status = printer_status(printer)
    if not isinstance(status, Ready):
        return DeviceProblem(status.reason, told)
    cancelled = job.number("job-state") == JobState.CANCELED
    return DeviceProblem(DeviceReason.CANCELLED if cancelled else DeviceReason.FAILED, told)


def _gravest(told: list[str]) -> DeviceReason | None:
    found = {_REASONS.get(_bare(text)) for text in told}
    return next((reason for reason in _GRAVEST_FIRST if reason in found), None)


def _bare(text: str) -> str:
    for severity in _SEVERITIES:
        text = text.removesuffix(severity)
    return text
