"""Keeps what was read of the catalogue, so that a start does not check the same files again, and wrong files later do
not take the last good catalogue away.

The kept file holds data only. Reading it can make values of our own frozen dataclasses and enumerations and nothing
else: who could write it could give the kiosk a wrong catalogue, and that is all.
"""

import hashlib
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import kiosk
from kiosk import catalog as catalog_values
from kiosk import form as form_values
from kiosk.areas import load_provinces
from kiosk.catalog import Catalog
from kiosk.catalog_file import load_catalog, read_release, template_names
from kiosk.catalog_folders import CatalogFolders
from kiosk.durable_file import write_durably
from kiosk.errors import CatalogProblem

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MAX_BYTES = 64_000_000
NAME = "catalog.cache"

_HASH_BYTES = 32
_KINDS = [kind for module in (catalog_values, form_values) for kind in vars(module).values() if isinstance(kind, type)]
_DATACLASSES = {kind: tuple(field.name for field in fields(kind)) for kind in _KINDS if is_dataclass(kind)}
_ENUMS = [kind for kind in _KINDS if issubclass(kind, StrEnum) and kind is not StrEnum]

# What makes each value again. These are calls and no classes: what reads a file has no class in its hands to change.
_MAKERS: Mapping[tuple[str, str], Callable[..., object]] = {
    ("datetime", "date"): date.__call__,
    **{(kind.__module__, kind.__name__): kind.__call__ for kind in _DATACLASSES},
    **{(kind.__module__, kind.__name__): {str(name): name for name in kind}.__getitem__ for kind in _ENUMS},
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """The catalogue to work with. `problems` say why it is not what the files hold now, one line each: with any, it is
    the last good one, or the shipped one without what is laid over it."""

    catalog: Catalog
    problems: tuple[str, ...] = ()


def load_cached(resources: Path, over: tuple[Path, ...], folder: Path) -> Loaded:
    """The catalogue of `resources` with those of `over` laid over it, from what is kept in `folder` if that is still
    right. Raises CatalogProblem where the files are wrong and there is no good catalogue to go on with, and YamlProblem
    or AreasProblem for a broken list of the release."""
    kept = _Kept(folder / NAME, _release_key(resources))
    key = CatalogFolders(resources / "catalog", over).digest()
    if same := kept.read(key):
        return Loaded(same)
    release = read_release(resources)
    try:
        catalog = load_catalog(resources / "catalog", release, over)
    except CatalogProblem as problem:
        last_good = kept.read()
        if last_good is None and not over:
            raise
        return Loaded(last_good or load_catalog(resources / "catalog", release), tuple(str(problem).splitlines()))
    kept.write(key, catalog)
    return Loaded(catalog)


class _Kept:
    """The kept file: three digests (of the release, of the catalogue's files, of what follows), then the catalogue."""

    def __init__(self, path: Path, release_key: bytes) -> None:
        self._path = path
        self._release_key = release_key

    def read(self, key: bytes | None = None) -> Catalog | None:
        """The catalogue of the files with that digest, or with any. None where there is none, or it is from another
        release, or damaged: then it is made anew."""
        try:
            with self._path.open("rb") as file:
                head, content = file.read(3 * _HASH_BYTES), file.read(MAX_BYTES)
        except OSError:
            return None
        release_key, files_key, digest = (head[at : at + _HASH_BYTES] for at in (0, _HASH_BYTES, 2 * _HASH_BYTES))
        if release_key != self._release_key or (key or files_key) != files_key or digest != _hash(content):
            return None
        return restored(content)

    def write(self, key: bytes, catalog: Catalog) -> None:
        """Keep it. Where that fails, the next start takes longer, and nothing else is lost."""
        content = stored(catalog)
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._path, self._release_key + key + _hash(content) + content)
        except OSError:
            return


def stored(catalog: Catalog) -> bytes:
    """The catalogue as bytes that `restored` reads."""
    target = BytesIO()
    pickler = pickle.Pickler(target, protocol=5)
    pickler.dispatch_table = dict.fromkeys(_DATACLASSES, _reduced)
    pickler.dump(catalog)
    return target.getvalue()


def restored(content: bytes) -> Catalog | None:
    """The catalogue of the bytes, or None where they hold none."""
    try:
        value = _Values(BytesIO(content)).load()
    except Exception:  # noqa: BLE001 - wrong bytes can end in any error, and each only means that there is no catalogue
        return None
    return value if isinstance(value, Catalog) else None


def _reduced(value: "DataclassInstance") -> tuple[type, tuple[object, ...]]:
    """A dataclass is made again by a call with the values of all its fields."""
    kind = type(value)
    return kind, tuple([getattr(value, name) for name in _DATACLASSES[kind]])


class _Values(pickle.Unpickler):
    """Finds nothing but the makers of our values."""

    def find_class(self, module: str, name: str) -> Callable[..., object]:
        """The maker of that name; pickle.UnpicklingError for everything else."""
        maker = _MAKERS.get((module, name))
        if maker is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of a catalogue")
        return maker


def _release_key(resources: Path) -> bytes:
    """A digest of all that decides how files are read but the files: the program, its values, lists and templates."""
    sources = (
        (path.name, path.stat().st_mtime_ns) for path in sorted(Path(__file__).parent.glob("*.py"))
    )  # none in a bundle
    shapes = sorted((kind.__module__, kind.__name__, names) for kind, names in _DATACLASSES.items())
    lists = CatalogFolders(resources / "codes").digest()
    named = (template_names(resources), load_provinces(resources / "areas"))
    return _hash(repr((kiosk.__version__, *sources, shapes, lists, *named)).encode())


def _hash(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
