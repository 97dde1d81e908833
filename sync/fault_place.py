"""Where a fault of ours happened, in words that may stand in a log."""

import traceback


def fault_place(error: BaseException) -> str:
    """Kind of error, file and line, without the error's own text: that may quote what was being read."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {where}"
