"""What a worker that reads strangers' bytes may take from the machine: set by itself, before it reads the first one."""

import os
import sys
import time

MEMORY_BYTES = 512 * 1024 * 1024
CPU_S = 10


def confine(pages: int) -> None:
    """From here on no new file, connection or process, no core dump, 512 MB of addresses, and `CPU_S` of processor
    until the next `renew_cpu`, of which there may be `pages`. Cannot be undone; all that is needed is loaded before.

    The kernel enforces it (setrlimit(2)): without a free descriptor neither open() nor socket() works. It is no
    seccomp, though; calls that need no descriptor stay possible. Windows has no such limits: there the kiosk's own
    limit of time is the only one.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- Unix has it alone

    used_s = round(time.process_time())
    most_s = used_s + CPU_S * (pages + 1)
    os.nice(10)  # the window goes before
    resource.setrlimit(resource.RLIMIT_CPU, (used_s + CPU_S, most_s))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(limit, (0, 0))


def renew_cpu() -> None:
    """A page came out: the next one has `CPU_S` again, so that a long scan is no bomb."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- as above

    _soft, most_s = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(round(time.process_time()) + CPU_S, most_s), most_s))
