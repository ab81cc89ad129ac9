"""The database backend of the settings."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but for the look at a connection before the first query of each request."""

    def is_usable(self) -> bool:
        """Whether this connection can be asked again, without asking it.

        Not after an error within a transaction, until that is rolled back. Between two requests
        nothing is on its way. So where there is something to read, the server has closed the
        connection: it was stopped, or died. Django's own look is a query, which costs a tenth of a
        page.
        """
        if self.connection is None or self.connection.closed:
            return False
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return False
        # Not by `select`, which knows no file beyond the 1,024th.
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0)
