"""That an example is one stands on every page of it, and on none of another installation."""

import pytest

from guiju.config.environment import EXAMPLE, read_environment
from guiju.core.terms import Role
from guiju.demo.county.sign_ins import FILE
from readers import reader

WORDS = "单位、人员和事情都是虚构的"


@pytest.mark.django_db
def test_every_page_of_an_example_says_so(settings, data_folder):
    client = reader(Role.STAFF)
    for address in ("/inbox/", "/org/", "/nothing/"):
        settings.IS_EXAMPLE = True
        assert WORDS in client.get(address).content.decode()
        settings.IS_EXAMPLE = False
        assert WORDS not in client.get(address).content.decode()


def test_an_example_is_known_by_what_lies_in_its_data_directory(tmp_path):
    variables = {"GUIJU_DATA": str(tmp_path)}
    assert not read_environment(variables).is_example
    (tmp_path / FILE).touch()
    assert read_environment(variables).is_example
    assert EXAMPLE == FILE
