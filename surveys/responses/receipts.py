"""The number that somebody is given with which they find again what they sent, without an account.

Nobody else can: only a keyed hash of it is stored (surveys/models/codes.py).
"""

from surveys.models.codes import lookups, new_code, typed_code
from surveys.models.responses import ReceiptCode, Response

PURPOSE = "receipt"


def lookup_of(code: str) -> bytes:
    """Under which a response is stored so that this number finds it; the number is not kept."""
    return lookups(code, purpose=PURPOSE)[0]


def find_receipt(typed: str) -> Response | None:
    """The response, with its version and survey, that a number leads to however it was typed.

    What is no number at all costs the same work as a wrong one.
    """
    code = typed_code(typed) or new_code()
    found = ReceiptCode.objects.filter(lookup__in=lookups(code, purpose=PURPOSE))
    receipt = found.select_related("response__version__survey").first()
    return None if receipt is None else receipt.response
