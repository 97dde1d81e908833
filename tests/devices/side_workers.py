"""Small programs in place of the card's worker: they answer, die, hang and talk nonsense, as the test asks."""

import sys

PREAMBLE = """
import os, sys, threading
from devices.worker_pipe import Message, read_message, write_message
def say(kind, **fields):
    write_message(sys.stdout.buffer, Message(kind, fields))
def hang():
    threading.Event().wait()
"""
ECHO = "while (m := read_message(sys.stdin.buffer)) is not None: say(m.kind)"


def program(source: str) -> list[str]:
    """The argument list that runs it."""
    return [sys.executable, "-c", PREAMBLE + source]
