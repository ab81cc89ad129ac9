"""The small survey with answers and words that call for help."""

from tests.factories.surveys import SMALL, changed, publish

GUARD = """
safeguarding:
  anonymous: true
  words: {en: [kill me, "won't let me leave"]}
  calls:
    - {when: {overall: {is: 3}}, say: {en: "You do **not** have to cope alone."}}
    - {words_in: [words, first-name-of-area], say: {en: "Your words made us think."}}
helplines: [emergency, samaritans]
lists:
"""
GUARDED = changed(SMALL, {"\nlists:\n": GUARD})
NOT_ANONYMOUS = changed(GUARDED, {"anonymous: true": "anonymous: false"})
WITHOUT_CONTACT = changed(GUARDED, {"anonymous: true": "anonymous: true\n  contact: false"})


def publish_guarded(text=GUARDED):
    """The version, published."""
    return publish(text)
