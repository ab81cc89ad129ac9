"""How often something came from one address, without keeping any address.

An address is hashed with a salt of the day, which is deleted with the day: after that nobody, with
whatever keys, can tell which address a row was about.
"""

from django.db import models


class AddressSalt(models.Model):
    """The random salt of one day."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"salt of {self.day}"


class Bucket(models.Model):
    """A token bucket: what is left of what one address may do, when it was last looked at.

    The table is unlogged: it is lost in a crash of the database, and that is fine.
    """

    key = models.BinaryField(primary_key=True, max_length=32)
    tokens = models.FloatField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.tokens} left"
