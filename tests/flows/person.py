"""Somebody with a browser that runs no script."""

import re
from html import unescape

from django.test import Client


class Person:
    """A browser that follows the forms on the pages, with Django's protection switched on."""

    def __init__(self, version, *, prefers="en-GB"):
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": prefers})
        self.code = version.survey.code
        self.at = f"/s/{self.code}/"
        self.page = self.client.get(self.at)

    def post(self, **fields):
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.text)
        nonce = re.search(r'name="nonce" value="(\w+)"', self.text)
        action = re.search(r'<form[^>]*action="([^"]*)"', self.text)
        language = re.search(r'type="hidden" name="\.language" value="([\w-]+)"', self.text)
        data = {name.replace("__", ".").replace("_", "-"): v for name, v in fields.items()}
        data |= {"csrfmiddlewaretoken": token.group(1)} if token else {}
        data |= {".language": language.group(1)} if language else {}
        data |= {"nonce": nonce.group(1)} if nonce else {}
        self.page = self.client.post(action.group(1) or self.at, data)
        while self.page.status_code == 303:
            self.at = self.page["Location"]
            self.page = self.client.get(self.at)
        return self

    def go(self, address):
        self.at = address
        self.page = self.client.get(address)
        return self

    @property
    def text(self):
        return unescape(self.page.content.decode())

    def answer_all(self):
        """From the start page to the check page, with a complaint on the way."""
        self.post().post()
        self.post(area="north").post(overall="3").post(reasons=["slow", "rude"])
        self.post(reported="yes", first_name_of_area="The Hill")
        self.post(calls="4", when__month="11", when__year="2021")
        return self.post(words="Call me back")


def token(person):
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', person.text)
    return {"csrfmiddlewaretoken": found.group(1)}
