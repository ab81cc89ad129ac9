"""Many copies of each submission, at once and after it: one response each, and all are told so."""

import asyncio
import os
from collections import Counter, defaultdict

import pytest
from rest_framework_api_key.models import APIKey

from surveys.models.responses import Receipt, Response
from surveys.tally.count import count_differences, count_new
from surveys.tally.store import counts_by_cell
from tests.factories.surveys import publish
from tests.loops import run_apart
from tests.servers import Sender, sender, web_server

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/api/v1/surveys/small/responses/"
# The whole of it takes a minute or two: `make faults`.
SUBMISSIONS, COPIES = (1000, 50) if os.environ.get("FULL_SIZE") == "true" else (100, 20)
CONNECTIONS = 50
# Of the copies that come late, every so many has other answers under the same key.
OTHERS = 5


class Copies:
    """Sends the first half of the copies at once, the others when the first was answered."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.waiting: asyncio.Queue[tuple[int, bool]] = asyncio.Queue()
        self.answers: dict[int, list[tuple[bool, int, str]]] = defaultdict(list)
        for number in range(SUBMISSIONS):
            for _ in range(COPIES // 2):
                self.waiting.put_nowait((number, False))

    async def send_all(self, port: int) -> None:
        senders = [asyncio.create_task(self._send(port)) for _ in range(CONNECTIONS)]
        joined = asyncio.create_task(self.waiting.join())
        # A sender ends only where it failed.
        await asyncio.wait([joined, *senders], return_when=asyncio.FIRST_COMPLETED)
        for task in senders:
            task.cancel()
        told = await asyncio.gather(*senders, return_exceptions=True)
        assert {type(error) for error in told} == {asyncio.CancelledError}, told
        await joined

    async def _send(self, port: int) -> None:
        async with sender(port) as connection:
            while True:
                await self._send_one(connection, *await self.waiting.get())
                self.waiting.task_done()

    async def _send_one(self, connection: Sender, number: int, is_other: bool) -> None:
        answers = {"area": "south" if is_other else "north", "calls": 3, "words": f"No. {number}"}
        status, told = await connection.post(
            ADDRESS,
            {"version": 1, "language": "en", "answers": answers},
            {"Idempotency-Key": f"n{number}", "Authorization": f"Api-Key {self.secret}"},
        )
        if not self.answers[number]:
            for i in range(COPIES - COPIES // 2):
                self.waiting.put_nowait((number, i % OTHERS == 0))
        self.answers[number].append((is_other, status, told.get("id", "")))


def test_each_submission_is_stored_once_however_many_copies_come():
    version = publish()
    _key, secret = APIKey.objects.create_key(name="test")
    with web_server() as port:

        async def send() -> Copies:
            copies = Copies(secret)
            await copies.send_all(port)
            return copies

        copies = run_apart(send())
    sent = [answer for answers in copies.answers.values() for answer in answers]
    assert len(sent) == SUBMISSIONS * COPIES
    assert Counter(status for is_other, status, _ in sent if not is_other).keys() == {201}
    assert Counter(status for is_other, status, _ in sent if is_other).keys() == {422}
    told = {n: {pk for _, status, pk in a if status == 201} for n, a in copies.answers.items()}
    assert all(len(ids) == 1 for ids in told.values())
    stored = {str(pk) for pk in Response.objects.values_list("pk", flat=True)}
    assert set.union(*told.values()) == stored
    assert len(stored) == Receipt.objects.count() == SUBMISSIONS
    count_new()
    assert counts_by_cell(version)[0].n == SUBMISSIONS
    assert count_differences() == 0
