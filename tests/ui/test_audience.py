"""Which addresses only this machine can reach."""

from __future__ import annotations

import pytest

from ui.audience import audience, is_loopback


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.53", "::1", "localhost"])
def test_loopback_addresses_reach_this_machine_only(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize(
    "address",
    [None, "", "0.0.0.0", "::", "192.168.0.10", "10.1.2.3", "localhost.example.jp", "127.0.0.1.example.jp", "127.1 "],
)
def test_any_other_address_may_be_reached_by_others(address: str | None) -> None:
    assert not is_loopback(address)


@pytest.mark.parametrize("told", [None, "", "public", "Internal", "internal ", "true"])
def test_the_audience_is_the_public_unless_told_internal(monkeypatch: pytest.MonkeyPatch, told: str | None) -> None:
    monkeypatch.delenv("RENKEI_AUDIENCE", raising=False)
    if told is not None:
        monkeypatch.setenv("RENKEI_AUDIENCE", told)
    assert audience() == "public"
    monkeypatch.setenv("RENKEI_AUDIENCE", "internal")
    assert audience() == "internal"
