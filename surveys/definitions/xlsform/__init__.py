"""XLSForm in and out: the spreadsheets of ODK, KoboToolbox and Survey123."""

from surveys.definitions.xlsform.loading import read_xlsform
from surveys.definitions.xlsform.notes import XlsformError
from surveys.definitions.xlsform.writing import write_xlsform

__all__ = ["XlsformError", "read_xlsform", "write_xlsform"]
