"""What people call the paper that is printed from the answers: a declaration only where it is one."""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.catalog import Service
from kiosk.texts import _, marked, sayable

_DECLARATION = marked("Tờ khai")
_OTHERS: Mapping[str, str] = MappingProxyType(
    {
        "data_sheet": marked("Phiếu thông tin"),  # ours, where the law has no form
        "2.000815": marked("Danh sách giấy tờ xin sao"),  # the law has no declaration for certified copies
    }
)


def print_name(service: Service) -> str:
    """Its name as it is filed, in Vietnamese, and shown through `_()`; "" where nothing is printed."""
    return _OTHERS.get(service.declaration, _DECLARATION) if service.declaration else ""


def is_declaration(service: Service) -> bool:
    """Whether what is printed is the official declaration."""
    return print_name(service) == _DECLARATION


@sayable
def print_in_sentence(service: Service) -> str:
    """The name within a sentence: "tờ khai"."""
    name = _(print_name(service))
    return name[:1].lower() + name[1:]
