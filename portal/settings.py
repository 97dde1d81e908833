"""Where a portal lives and how it is meant to be used; one frozen value made by the command that starts it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Self


class StartProblem(StrEnum):
    """Why a portal does not start. The command has one sentence for each."""

    KEYS_BESIDE_PAPERS = "keys_beside_papers"
    KEYS_UNUSABLE = "keys_unusable"
    OTHER_KEY = "other_key"
    OTHER_PAPERS = "other_papers"
    NOT_A_TEST_PORTAL = "not_a_test_portal"
    OTHER_SCHEMA = "other_schema"
    DATABASE = "database"
    NO_RECOVERY_KEY = "no_recovery_key"
    BUCKET = "bucket"


class CannotStart(Exception):
    """The portal refuses to start; `detail` is technical English for the log."""

    def __init__(self, problem: StartProblem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else str(problem))
        self.problem = problem
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much the portal takes from whom. Rates are for one serving process; 0 means no limit.

    The defaults are for a machine with two cores and forty kiosks, of which one comes back after a week with 500
    dossiers: docs/portal-contract.md has the arithmetic.
    """

    pieces_kept_s: float = 7 * 24 * 3600.0  # what no dossier is made of is removed after that
    held_max_bytes: int = 2 * 1024**3  # brought by one kiosk and not committed: ten of the largest dossiers
    pieces_per_minute: float = 1200.0
    commits_per_minute: float = 300.0
    enrols_per_minute: float = 10.0  # from one address
    in_flight: int = 256  # requests at once, each with a body of at most 2 MiB
    disk_reserve_bytes: int = 512 * 1024**2
    tidy_every_s: float = 3600.0

    def with_changes(self, changes: Mapping[str, Any]) -> Self:
        """The same with other values, by name."""
        return replace(self, **changes)

    def without_rates(self) -> Self:
        """The same for tests and demos, where one machine plays many kiosks."""
        return replace(self, pieces_per_minute=0.0, commits_per_minute=0.0, enrols_per_minute=0.0)


@dataclass(frozen=True, slots=True)
class Settings:
    """`files` holds the papers, or the bucket at `bucket_url` does; `keys` holds the keys, and `key_file` may put the
    at-rest key elsewhere. `recovery_public` (X25519, base64url) is for a province that keeps the private half away from
    the portal. `test` makes a new portal a test portal for good. A dossier counts as durable `durable_after_s` seconds
    after its commit: the interval of the backups; None is a day, and nothing for a test portal. `capacity` None is the
    default, for a test portal without rates."""

    database_url: str
    files: Path
    keys: Path
    key_file: Path | None = None
    recovery_public: str = ""
    test: bool = False
    durable_after_s: float | None = None
    bucket_url: str = ""
    capacity: Capacity | None = None

    @property
    def at_rest_key_file(self) -> Path:
        """Where the key of the papers at rest is kept."""
        return self.key_file or self.keys / "at-rest.key"
