"""What changed within a text, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.admin.differences import marked


def words(pieces, *, changed):
    return "".join(piece.words for piece in pieces if piece.is_changed is changed)


def test_one_word_is_marked():
    before, after = marked("Where do you live?", "Where did you live?")
    assert words(before, changed=True) == "do"
    assert words(after, changed=True) == "did"


@given(st.text(), st.text())
def test_no_word_is_lost_and_what_stayed_is_the_same(one, other):
    before, after = marked(one, other)
    assert "".join(piece.words for piece in before) == one
    assert "".join(piece.words for piece in after) == other
    assert words(before, changed=False) == words(after, changed=False)
