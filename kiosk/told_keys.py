"""Stable texts that carry what they mean, in English, for logs, documents and who audits."""

from enum import StrEnum
from typing import Self


class ToldKey(StrEnum):
    """Base of enumerations whose members are written `NAME = "text", "What it means."`."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Self:
        """A text with its meaning."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member
