"""The domain: what a visit is, what is filed and how it is kept. Knows no Qt, no network, no process."""

__version__ = "0.1.0"
