"""Sealed pieces as objects in a bucket of an S3-compatible store."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from portal.shelf import MARK, Shelved, is_piece

# Together shorter than a kiosk waits for the answer to a piece (sync/transport.py: 30 s and its sending).
REQUEST_TIMEOUT = timedelta(seconds=10)
RETRY_TIMEOUT = timedelta(seconds=15)
RETRIES = 2
_ASIDE = ".damaged"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class BucketUnreachable(OSError):
    """The store did not do what it was asked; nothing is known to have changed. Its text is technical English."""


@dataclass(frozen=True, slots=True)
class BucketPlace:
    """Where a bucket is. Whose keys open it stands in the environment, never in a URL that `ps` shows."""

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = "us-east-1"  # what stores without regions expect

    @classmethod
    def of(cls, url: str) -> Self:
        """From `s3://BUCKET/PREFIX?endpoint=URL&region=NAME`; without an endpoint it is Amazon's of that region.

        Raises ValueError for anything else, and for an endpoint that is neither HTTPS nor on this machine.
        """
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc or options.keys() - {"endpoint", "region"}:
            raise ValueError("not s3://BUCKET/PREFIX?endpoint=URL&region=NAME")
        endpoint = urlsplit(options.get("endpoint", ""))
        loopback = endpoint.scheme == "http" and endpoint.hostname in _LOOPBACK
        if endpoint.geturl() and not (endpoint.scheme == "https" or loopback):
            raise ValueError("the endpoint is reached over HTTPS only")
        return cls(parts.netloc, parts.path.strip("/"), **options)


class BucketShelf:
    """One bucket, or what begins with a prefix in it. A put is durable when the store has answered: so S3 promises."""

    def __init__(self, place: BucketPlace) -> None:
        self._store = S3Store(
            place.bucket,
            prefix=place.prefix or None,
            endpoint=place.endpoint or None,
            region=place.region,
            virtual_hosted_style_request=False if place.endpoint else None,
            checksum_algorithm="SHA256",  # the store refuses what was bent on the way
            client_options={
                "allow_http": place.endpoint.startswith("http:"),
                "timeout": REQUEST_TIMEOUT,
                "connect_timeout": REQUEST_TIMEOUT / 2,
            },
            retry_config={"max_retries": RETRIES, "retry_timeout": RETRY_TIMEOUT},
        )
        with _telling():
            next(iter(self._store.list(chunk_size=1)), None)  # a wrong name or key is told now, not to a kiosk

    def exists(self, name: str) -> bool:
        try:
            with _telling():
                self._store.head(_key(name))
        except FileNotFoundError:
            return False
        return True

    def put(self, name: str, sealed: bytes) -> None:
        with _telling():
            self._store.put(_key(name), sealed, use_multipart=False)

    def get(self, name: str) -> bytes | None:
        try:
            with _telling():
                return self._store.get(_key(name)).bytes().to_bytes()
        except FileNotFoundError:
            return None

    def put_aside(self, name: str) -> None:
        with _telling():
            self._store.rename(_key(name), _key(name) + _ASIDE)

    def remove(self, name: str) -> None:
        try:
            with _telling():
                self._store.delete(_key(name))
        except FileNotFoundError:
            return

    def listed(self) -> Iterator[Shelved]:
        with _telling():
            for chunk in self._store.list():
                for found in chunk:
                    name = found["path"].rpartition("/")[2]
                    if is_piece(name):
                        yield Shelved(name, found["size"], found["last_modified"])

    def owner(self, portal_id: str) -> str:
        try:
            with _telling():
                return self._store.get(MARK).bytes().to_bytes().decode()
        except FileNotFoundError:
            with _telling():
                self._store.put(MARK, portal_id.encode(), use_multipart=False)
        return portal_id

    def free_bytes(self) -> None:
        return None


def _key(name: str) -> str:
    return f"{name[:2]}/{name}"


@contextmanager
def _telling() -> Iterator[None]:
    """The library's errors as what every shelf raises."""
    try:
        yield
    except NotFoundError as error:
        raise FileNotFoundError(str(error)) from error
    except BaseError as error:
        raise BucketUnreachable(f"{type(error).__name__}: {error}"[:500]) from error
