"""No test reaches beyond this computer: the block that says so is itself tested."""

from __future__ import annotations

import socket

import pytest
from pytest_socket import SocketConnectBlockedError

ELSEWHERE = ("192.0.2.1", "198.51.100.1", "2001:db8::1")
"""Addresses that the internet's rules keep for examples."""


@pytest.mark.filterwarnings("ignore:A test tried to use socket")  # the block warns as well as refusing
@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_connection_to_another_computer_is_refused(address: str) -> None:
    with pytest.raises(SocketConnectBlockedError), socket.create_connection((address, 443), timeout=1):
        pass


def test_this_computer_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername()[0] == "127.0.0.1"
