"""How many bytes a connection has really moved, asked of the system: what lies in its buffers has not moved."""

import socket
import struct
import sys

# struct tcp_info of Linux (include/uapi/linux/tcp.h): tcpi_bytes_acked and tcpi_bytes_received, there since 4.1.
_ACKED_AND_RECEIVED = struct.Struct("=120xQQ")


def moved_bytes(connection: socket.socket) -> int | None:
    """Bytes that the other end acknowledged and bytes that came from it, since the connection was made.

    None where the system does not tell (other than Linux) and for a connection that has ended.
    """
    if sys.platform != "linux":
        return None
    try:
        told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _ACKED_AND_RECEIVED.size)
        acked, received = _ACKED_AND_RECEIVED.unpack(told)
        return int(acked + received)
    except (OSError, struct.error):
        return None
