"""Renews the key that wraps the dossiers' keys: then copies of the file from before open no dossier that was shredded.

A deleted wrap stays in old journals, in the spare blocks of an SSD and in backups. So the key above it changes: a new
one is made and read back, every live dossier is wrapped anew in one transaction, and only then is the old forgotten.
Killed at any moment in between, nothing is lost, and the next start or the next renewal finishes it.
"""

import logging
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from threading import Lock
from typing import Any
from uuid import UUID

import apsw

from kiosk import audit
from kiosk.errors import KeysUnavailable, StoreCorrupt, StoreProblem
from kiosk.keys import KeyProvider
from kiosk.sealing import unwrap, wrap
from kiosk.store_outbox import highest_seq
from kiosk.store_schema import instant, microseconds
from kiosk.store_worker import StoreWorker
from kiosk.wrapping_keys import FIRST_GENERATION, WRAPPING_KEY_BYTES, WrappingKeys

log = logging.getLogger(__name__)

_GENERATION = "store.wrapping_key"
_RENEWED_AT = "store.wrapping_key_renewed_at"

# Every table whose rows have a key of their own: its name, and the unique column of 16 bytes that the wrap is bound to.
# All of them have dek_wrapped (NULL where the key was destroyed) and kek_epoch, the generation that wraps it.
_WRAPPED: tuple[tuple[str, str], ...] = (("dossier", "client_ref"), ("draft", "ref"))


class StoreKeys:
    """The wrapping keys of an open store: `wrapping` are those that are known now. Every method may be called from any
    thread, and blocks."""

    def __init__(self, worker: StoreWorker, provider: KeyProvider, store_id: str, wrapping: WrappingKeys) -> None:
        self._worker = worker
        self._provider = provider
        self._store_id = store_id
        self.wrapping = wrapping
        self._renewing = Lock()  # two at once would each put a key of their own in the other's place

    @property
    def renewable(self) -> bool:
        """Whether the place of keys can change what it keeps. A systemd credential cannot: then the first generation
        stays for ever, and an old copy of the file together with the credential opens what was shredded since."""
        return self._provider.renewable

    def settle(self, now: datetime) -> None:
        """What a start owes: leave the first generation, finish a renewal that was cut off, notice a lost key.

        Raises KeysUnavailable, StoreProblem where no key could be had to seal with.
        """
        current = self._worker.read(generation)
        if not self.renewable:
            if current != FIRST_GENERATION:
                raise KeysUnavailable(f"{self._provider.name} keeps no wrapping key of generation {current}")
            return
        kept = self._kept()
        if current == FIRST_GENERATION:
            try:
                self.renew(now)
            except (StoreProblem, KeysUnavailable) as error:  # a full disk, say: the first one serves a while longer
                log.warning("store: the wrapping key was not renewed: %s", error)
        elif current not in kept:
            log.critical("store: the wrapping key of generation %d is gone: is this an old copy?", current)
            self._begin_generation(current, kept, now, audit.AuditEvent.WRAPPING_KEY_LOST)
        elif any(older < current for older in kept):
            self._keep({newer: key for newer, key in kept.items() if newer >= current})

    def renew(self, now: datetime) -> None:
        """Take a new key and forget the old ones. Raises KeysUnavailable, StoreProblem: then the old one goes on."""
        with self._renewing:
            current = self._worker.read(generation)
            new = self._begin_generation(current, self._kept(), now, audit.AuditEvent.WRAPPING_KEY_RENEWED)
            self._keep(new)

    def renew_if_older(self, than: timedelta, now: datetime) -> bool:
        """Renew a key that has served so long, by whichever way the clock went; whether it was. Raises as `renew`."""
        renewed_at = self._worker.read(_renewed_at)
        if not self.renewable or (renewed_at is not None and abs(now - renewed_at) < than):
            return False
        self.renew(now)
        return True

    def _kept(self) -> dict[int, bytes]:
        """What the place of keys says, and what is known: a place that once says nothing must not take away what the
        dossiers are wrapped with."""
        kept = {**self.wrapping.later, **self._provider.wrapping_keys(self._store_id)}
        self.wrapping.hold(kept)
        return kept

    def _begin_generation(
        self, current: int, kept: Mapping[int, bytes], now: datetime, event: audit.AuditEvent
    ) -> dict[int, bytes]:
        new = next(each for each in count(current + 1) if each not in kept)
        key = os.urandom(WRAPPING_KEY_BYTES)
        self._provider.keep_wrapping_keys(self._store_id, {**kept, new: key})
        self.wrapping.hold({**kept, new: key})  # known before the first wrap under it can be read
        self._worker.write(lambda connection: _rewrap_all(connection, self.wrapping, new, now, event))
        return {new: key}

    def _keep(self, keys: Mapping[int, bytes]) -> None:
        try:
            self._provider.keep_wrapping_keys(self._store_id, keys)
            self.wrapping.hold(keys)
        except KeysUnavailable as error:  # the next start forgets it, or the next renewal
            log.warning("store: an old wrapping key is not forgotten yet: %s", error)


def generation(connection: apsw.Connection) -> int:
    """The generation that wraps now, inside the caller's transaction."""
    kept: bytes | None = connection.execute("SELECT value FROM meta WHERE key = ?", (_GENERATION,)).get
    return int(kept) if kept else FIRST_GENERATION


def _renewed_at(connection: apsw.Connection) -> datetime | None:
    kept: bytes | None = connection.execute("SELECT value FROM meta WHERE key = ?", (_RENEWED_AT,)).get
    return instant(int(kept)) if kept else None


def _rewrap_all(
    connection: apsw.Connection, keys: WrappingKeys, new: int, now: datetime, event: audit.AuditEvent
) -> None:
    old = generation(connection)
    is_untouched = old == FIRST_GENERATION and highest_seq(connection) == 0  # a new store's first key is no event
    for table, bound_to in _WRAPPED:
        _rewrap(connection, (table, bound_to), keys, old, new)
    for key, value in ((_GENERATION, new), (_RENEWED_AT, microseconds(now))):
        connection.execute("REPLACE INTO meta VALUES (?, ?)", (key, str(value).encode()))
    if not is_untouched:
        audit.append(connection, event, None, now)


def _rewrap(connection: apsw.Connection, table: tuple[str, str], keys: WrappingKeys, old: int, new: int) -> None:
    name, bound_to = table
    rows: list[tuple[Any, ...]] = connection.execute(
        f"SELECT {bound_to}, dek_wrapped FROM {name}"  # noqa: S608  names of ours
        " WHERE kek_epoch = ? AND dek_wrapped IS NOT NULL",
        (old,),
    ).fetchall()
    for ref, wrapped in rows:
        owner = UUID(bytes=ref)
        try:
            dek = unwrap(wrapped, keys.key(old), owner, old)
        except StoreCorrupt as error:  # it opens with no key of ours; the province's recovery key may open it yet
            log.error("store: the key of %s %s is not wrapped anew: %s", name, owner, error)
            continue
        connection.execute(
            f"UPDATE {name} SET dek_wrapped = ?, kek_epoch = ? WHERE {bound_to} = ?",  # noqa: S608
            (wrap(dek, keys.key(new), owner, new), new, ref),
        )
