"""A settings file with simulated devices, for tests of the commands."""

from pathlib import Path

from kiosk.resources import resource_path


def simulated_office(folder: Path) -> Path:
    """Write kiosk.toml with the demo's cards and papers and a printer in `folder`; the path of the file."""
    path = folder / "kiosk.toml"
    path.write_text(
        f"""
[camera]
driver = "folder"
source = "{resource_path("demo", "cards")}"
[scanner]
driver = "folder"
source = "{resource_path("demo", "papers")}"
[printer]
driver = "simulated"
folder = "{folder / "printer"}"
[files]
driver = "none"
""",
        encoding="utf-8",
    )
    return path
