"""Surprises of the domain, one class a cause; each carries a stable key and no personal data."""


class KioskError(Exception):
    """Base of every error of ours. `key` is stable: screens and the command line choose their sentence by it."""

    key = "unexpected"


class ConfigProblem(KioskError):
    """The configuration cannot be used; the text names file, entry and reason."""

    key = "config"


class CatalogProblem(KioskError):
    """A catalogue file is wrong; the text names file, line and reason."""

    key = "catalog"


class KeysUnavailable(KioskError):
    """There is no trustworthy place for keys: the kiosk takes no dossiers."""

    key = "keys"


class StoreProblem(KioskError):
    """The store could not do what was asked; nothing that was acknowledged before is affected."""

    key = "store"


class DiskFull(StoreProblem):
    """There is no room to keep a dossier safely; the transaction was rolled back."""

    key = "disk_full"


class StoreCorrupt(StoreProblem):
    """The store's file is damaged or the key does not fit it; it is never replaced by an empty one."""

    key = "store_corrupt"


class WrongKey(StoreCorrupt):
    """The key is not the one that the store was made with: the file may well be whole."""

    key = "wrong_key"


class StoreInUse(StoreProblem):
    """Another kiosk process holds the store."""

    key = "store_in_use"


class NotReviewed(KioskError):
    """A dossier was to be made from a visit that still has problems: a fault of ours, never of the citizen."""

    key = "not_reviewed"
