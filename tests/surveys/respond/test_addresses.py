"""Which address a request is counted by, whatever its sender writes into its head."""

import pytest
from django.test import RequestFactory

from surveys.respond.addresses import address_of


def request(remote, forwarded=None):
    headers = {"x-forwarded-for": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:4711", "192.0.2.7"),
        # A household has a /64 of its own, in which a machine picks a new address for each request.
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("[2001:db8:1:2::1]:4711", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix:", ""),
        ("nobody", ""),
    ],
)
def test_one_spelling_for_each_address(remote, address):
    assert address_of(request(remote)) == address


def test_header_is_not_believed_without_a_proxy(settings):
    settings.BEHIND_PROXY = False
    assert address_of(request("192.0.2.7", "198.51.100.1")) == "192.0.2.7"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("198.51.100.1", "198.51.100.1"),
        # Whatever came before it was written by the visitor.
        ("203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("a, b,,198.51.100.1:80", "198.51.100.1"),
        ("1.1.1.1, 2001:db8::1", "2001:db8::/64"),
        (None, "192.0.2.7"),
        ("", "192.0.2.7"),
        ("198.51.100.1, ", "192.0.2.7"),
        ("198.51.100.1, unknown", ""),
    ],
)
def test_behind_a_proxy_its_own_last_entry_counts(settings, forwarded, address):
    settings.BEHIND_PROXY = True
    assert address_of(request("192.0.2.7", forwarded)) == address
