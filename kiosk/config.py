"""Settings: one frozen value, read once from TOML; a bad entry stops the start with its name and the reason."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from kiosk.errors import ConfigProblem
from kiosk.switch_scan import SwitchMode
from kiosk.typed_word import Method

Seconds = Annotated[float, Field(gt=0, le=3600)]

_OF_AN_OFFICE = "the settings are an office's own"


class _Section(BaseModel):
    """A table of the file: frozen, and an unknown entry is an error, for it is a misspelt one."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DeviceSettings(BaseModel):
    """Which driver a device uses ("folder", "sane", "network" ...); all other entries are that driver's options."""

    model_config = ConfigDict(frozen=True, extra="allow")
    driver: str

    @staticmethod
    def of(driver: str, **options: str) -> "DeviceSettings":
        """The settings of a device that is named in code, not in a file."""
        return DeviceSettings.model_validate({"driver": driver, **options})

    def option(self, name: str, default: str = "") -> str:
        """One of the driver's own options, as text."""
        return str((self.model_extra or {}).get(name, default))


class OfficeSettings(_Section):
    """The office whose counter this is, as screens and slips say it."""

    name: str = "Bộ phận Một cửa"
    phone: str = ""
    hours: str = ""
    place: str = ""
    province: Annotated[str, Field(pattern="^([0-9]{2})?$")] = ""  # its two-digit code: some fees are a province's own


class ScreenSettings(_Section):
    """The panel. Sizes on screen are millimetres from its diagonal; the system's own idea of it is not trusted."""

    diagonal_inch: Annotated[float, Field(ge=7, le=100)] = 21.5


class TypingSettings(_Section):
    """How accents are typed on a real keyboard when a visit begins, and where the tone of open oa, oe and uy stands:
    "newer" is hoà, khoẻ, thuý, "older" hòa, khỏe, thúy."""

    method: Method = Method.TELEX
    tones: Literal["newer", "older"] = "newer"


class TimeSettings(_Section):
    """Every wait that a citizen meets, in seconds. Of what an office sets, the time until the question and the time to
    answer it are held to limits; `home_s` is for a page without anything of anybody, `staff_lock_s` for the staff's."""

    receipt_wait_s: Seconds = 20.0
    idle_warning_s: Seconds = 150.0
    idle_cover_s: Seconds = 45.0
    goodbye_s: Seconds = 30.0
    home_s: Seconds = 60.0
    staff_lock_s: Seconds = 300.0
    card_help_s: Seconds = 20.0

    @field_validator("idle_warning_s", "idle_cover_s")
    @classmethod
    def _as_an_office_may_set_it(cls, value: float, info: ValidationInfo) -> float:
        """From two to five minutes of silence (VVSG 2.0), then at least twenty seconds to answer (WCAG 2.2.1)."""
        least, most = (120.0, 300.0) if info.field_name == "idle_warning_s" else (20.0, 120.0)
        if info.context == _OF_AN_OFFICE and not least <= value <= most:
            raise ValueError(f"must be from {least:.0f} to {most:.0f} seconds")
        return value


class SoundSettings(_Section):
    """What is heard at the counter: everything, all but the short sound of each press, or nothing; and how loud."""

    heard: Literal["all", "no_presses", "nothing"] = "all"
    volume_percent: Annotated[int, Field(ge=0, le=100)] = 60


class AccessSettings(_Section):
    """Switches for who can neither touch nor type: `switches` ("off", "one", "two") are in use whenever a visit begins;
    with one, the mark moves on every `step_s` seconds. Everybody can choose them on the page of sizes and colours."""

    switches: SwitchMode = SwitchMode.OFF
    step_s: Annotated[float, Field(ge=0.5, le=20)] = 2.0


class QueueSettings(_Section):
    """When staff are told that dossiers wait: after `alarm_after_h` hours a line says so, and after `export_after_h`
    the page of the queue offers to copy them to a USB stick."""

    alarm_after_h: Annotated[float, Field(gt=0, le=24 * 30)] = 24.0
    export_after_h: Annotated[float, Field(gt=0, le=24 * 30)] = 72.0


class VoiceSettings(_Section):
    """What reads pages aloud. `clips` is the office's own folder of recorded clips, a folder for each language in it
    (`vi`, `en`); its clips are taken before the shipped ones. `shipped` names one of the shipped voices, empty the
    first. `machine`: a speech engine of this machine may read too."""

    clips: Path | None = None
    shipped: Annotated[str, Field(pattern="^[a-z0-9-]*$")] = ""
    machine: bool = True


class Settings(_Section):
    """Everything that an office can set. `portal_ca` pins the certificate authority of the portal's HTTPS; relative
    paths are taken from the file's folder. So many days after the catalogue's last update its fees are not told any
    more (`fees_good_for_days`). `reserve_bytes` of disk are kept free: below it no dossier is taken.
    `paper_camera` photographs papers where that is not the camera that reads cards; `code_scanner` is a hand-held
    reader on a serial line; `files` is where USB sticks show up; `lamp` lights when somebody calls for help.
    `catalog_overrides` are folders of the province and the office that are laid over the catalogue, in their order. The
    key that wraps the dossiers' keys is changed every `key_renewal_days`; `tombstone_days` after a dossier's papers
    were destroyed, its codes and receipt go too. An unfinished visit is kept for `drafts_kept_h` hours after its last
    change, at most `drafts_at_most` of them. A shift of a helper lasts `helper_shift_h` hours; the portal's helpers are
    believed `roster_good_for_days` without it."""

    data_folder: Path
    office: OfficeSettings = OfficeSettings()
    screen: ScreenSettings = ScreenSettings()
    typing: TypingSettings = TypingSettings()
    times: TimeSettings = TimeSettings()
    queue: QueueSettings = QueueSettings()
    sound: SoundSettings = SoundSettings()
    access: AccessSettings = AccessSettings()
    voice: VoiceSettings = VoiceSettings()
    camera: DeviceSettings = DeviceSettings(driver="opencv")
    paper_camera: DeviceSettings | None = None
    scanner: DeviceSettings = DeviceSettings(driver="auto")
    printer: DeviceSettings = DeviceSettings(driver="none")
    page_printer: DeviceSettings = DeviceSettings(driver="none")
    code_scanner: DeviceSettings = DeviceSettings(driver="none")
    files: DeviceSettings = DeviceSettings(driver="sticks")
    lamp: DeviceSettings = DeviceSettings(driver="none")
    portal_ca: Path | None = None
    keys: Literal["keyring", "credential"] = "keyring"
    fees_good_for_days: Annotated[int, Field(ge=1, le=3650)] = 120
    reserve_bytes: Annotated[int, Field(ge=0)] = 200 * 1024 * 1024
    catalog_overrides: tuple[Path, ...] = ()
    key_renewal_days: Annotated[int, Field(ge=1, le=365)] = 7
    tombstone_days: Annotated[int, Field(ge=30, le=36500)] = 365
    drafts_kept_h: Annotated[int, Field(ge=1, le=72)] = 24
    drafts_at_most: Annotated[int, Field(ge=1, le=500)] = 40
    helper_shift_h: Annotated[float, Field(gt=0, le=12)] = 4.0
    roster_good_for_days: Annotated[int, Field(ge=1, le=365)] = 30


def load_settings(path: Path | None, default_folder: Path) -> Settings:
    """The settings in the file, or the defaults if `path` is None. Raises ConfigProblem with file, entry and reason."""
    if path is None:
        return Settings(data_folder=default_folder)
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Notepad begins a file with a mark
        settings = Settings.model_validate({"data_folder": default_folder, **entries}, context=_OF_AN_OFFICE)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigProblem(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        entry = ".".join(str(part) for part in first["loc"])
        raise ConfigProblem(f"{path}: {entry}: {first['msg']}") from error
    folder = path.resolve().parent
    return settings.model_copy(
        update={
            "data_folder": folder / settings.data_folder,
            "voice": settings.voice.model_copy(
                update={"clips": settings.voice.clips and folder / settings.voice.clips}
            ),
            "portal_ca": settings.portal_ca and folder / settings.portal_ca,
            "catalog_overrides": tuple(folder / layer for layer in settings.catalog_overrides),
        }
    )
