"""A number for a response that was stored without one."""

from surveys.models.codes import new_code
from surveys.models.responses import ReceiptCode
from surveys.responses.receipts import lookup_of


def give_receipt(response_id) -> str:
    code = new_code()
    ReceiptCode.objects.create(lookup=lookup_of(code), response_id=response_id)
    return code
