"""From where a request comes: behind trusted proxies, and for whoever claims to be elsewhere."""

import pytest
from django.test import RequestFactory

from guiju.base.access.sign_in.address import NOWHERE, address_of
from guiju.config.environment import read_environment
from guiju.core.errors import Invalid


@pytest.mark.parametrize(
    ("proxies", "claimed", "address"),
    [
        (0, "", "10.0.0.9"),
        (0, "1.2.3.4", "10.0.0.9"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.8", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.9"),
        (1, "", "10.0.0.9"),
        (1, "<script>", NOWHERE),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_only_trusted_proxies_are_believed(settings, proxies, claimed, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": claimed} if claimed else {}
    request = RequestFactory(REMOTE_ADDR="10.0.0.9").get("/", headers=headers)
    assert address_of(request) == address


def test_a_server_on_a_socket_knows_no_address(settings):
    request = RequestFactory(REMOTE_ADDR="").get("/")
    assert address_of(request) == NOWHERE


def test_the_number_of_proxies_is_one_digit():
    assert read_environment({"GUIJU_DATA": "/data", "GUIJU_PROXIES": "2"}).proxies == 2
    assert read_environment({"GUIJU_DATA": "/data"}).proxies == 0
    for wrong in ("", "x", "-1", "10", "٣"):
        with pytest.raises(Invalid) as caught:
            read_environment({"GUIJU_DATA": "/data", "GUIJU_PROXIES": wrong})
        assert caught.value.code == "CONFIG-09"
