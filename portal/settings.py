"""Where a portal lives and how it is meant to be used; one frozen value made by the command that starts it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class StartProblem(StrEnum):
    """Why a portal does not start. The command has one sentence for each."""

    KEYS_BESIDE_PAPERS = "keys_beside_papers"
    KEYS_UNUSABLE = "keys_unusable"
    OTHER_KEY = "other_key"
    NOT_A_TEST_PORTAL = "not_a_test_portal"
    OTHER_SCHEMA = "other_schema"
    DATABASE = "database"


class CannotStart(Exception):
    """The portal refuses to start; `detail` is technical English for the log."""

    def __init__(self, problem: StartProblem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else str(problem))
        self.problem = problem
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Settings:
    """`files` holds the papers, `keys` the keys; `key_file` may put the at-rest key elsewhere. `recovery_public`
    (X25519, base64url) is for a province that keeps the private half away from the portal. `test` makes a new
    portal a test portal for good. A dossier counts as durable `durable_after_s` seconds after its commit: the
    interval of the backups; None is a day, and nothing for a test portal."""

    database_url: str
    files: Path
    keys: Path
    key_file: Path | None = None
    recovery_public: str = ""
    test: bool = False
    durable_after_s: float | None = None

    @property
    def at_rest_key_file(self) -> Path:
        """Where the key of the papers at rest is kept."""
        return self.key_file or self.keys / "at-rest.key"
