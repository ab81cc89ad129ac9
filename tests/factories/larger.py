"""A survey with what the small one has not: endings, computed codes, filters, parts, piping."""

from surveys.definitions.loader import load_definition
from surveys.definitions.schema import Definition
from tests.factories.surveys import changed

LARGER = """
survey: larger
version: 1
title: {en: Your views}
policy: open
design: self-selected
discreet: false
minutes: 3
languages: [en]
start: {en: Before you begin}
done: {en: Thank you}
pages:
  - questions:
      - name: adult
        kind: yes-no
        ask: {en: Are you 18 or over?}
    end_if:
      - when: {adult: {is: "no"}}
        outcome: screen-out
        say: {en: This is for people aged 18 or over.}
  - questions:
      - name: county
        kind: choice
        ask: {en: Which county?}
        options:
          - {code: kent, label: {en: Kent *county*}}
          - {code: surrey, label: {en: Surrey}}
          - {code: other, label: {en: Another}, write_in: true}
  - questions:
      - name: towns
        kind: choices
        ask: {en: "Which towns in {{county|your county}} do you know?"}
        options:
          - {code: dover, label: {en: Dover}, show_if: {county: {is: kent}}}
          - {code: deal, label: {en: Deal}, show_if: {county: {is: kent}}}
          - {code: woking, label: {en: Woking}, show_if: {county: {is: surrey}}}
          - {code: none, label: {en: None of these}, exclusive: true}
  - questions:
      - name: knows
        kind: computed
        ask: {en: How well they know the county}
        cases:
          - {code: well, label: {en: Well}, when: {towns: {count: {ge: 2}}}}
          - {code: a-little, label: {en: A little}, when: {towns: {any_of: [dover, deal, woking]}}}
  - show_if: {knows: {is: well}}
    questions:
      - name: visits
        kind: whole-number
        max: 100
        ask: {en: How often have you been there?}
        valid_if: {visits: {ge: 2}}
        valid_says: {en: Two towns need two visits}
        missing: [{missing: dont-know, label: {en: I do not know}}]
    end_if:
      - when: {visits: {ge: 50}}
        outcome: finish
  - questions:
      - {name: last, kind: short-text, ask: {en: Anything else?}}
breakdowns: [knows]
"""


def larger_definition(**changes: str) -> Definition:
    return load_definition(changed(LARGER, changes))
