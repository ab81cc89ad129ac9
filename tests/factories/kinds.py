"""A survey with every kind of question, and with all that the kinds can do."""

from functools import cache

from surveys.definitions.loader import load_definition
from surveys.definitions.schema import Definition

EVERY_KIND = """
survey: kinds
version: 1
title: {en: Every kind}
policy: open
design: self-selected
discreet: false
minutes: 5
languages: [en]
start: {en: Before you begin}
done: {en: Thank you}
lists:
  satisfaction:
    - {code: 1, label: {en: Satisfied}}
    - {code: 2, label: {en: Neither}}
    - {code: 3, label: {en: Dissatisfied}}
    - {missing: does-not-apply, label: {en: Does not apply to me}}
  crimes:
    - {code: burglary, label: {en: Burglary}}
    - {code: robbery, label: {en: Robbery}}
    - {code: fraud, label: {en: Fraud}, hint: {en: Online or by telephone}}
    - {code: speeding, label: {en: Speeding}}
    - {missing: dont-know, label: {en: I do not know}}
pages:
  - questions:
      - {name: hello, kind: information, ask: {en: About you}, hint: {en: "Read *this* first."}}
  - questions:
      - name: agreed
        kind: consent
        ask: {en: "Do you agree to take part?"}
        labels: {yes: {ar: نعم}}
  - questions:
      - name: reported-by
        kind: choice
        ask: {en: "How did you report it?"}
        order: random
        options:
          - {code: phone, label: {en: By telephone}}
          - {code: online, label: {en: Online}}
          - {code: desk, label: {en: At a police station}}
          - {code: other, label: {en: In another way}, write_in: true}
          - {missing: prefer-not-to-say, label: {en: Prefer not to say}}
  - questions:
      - name: helped-by
        kind: choices
        ask: {en: "Who helped you?"}
        options:
          - {code: police, label: {en: The police}}
          - {code: council, label: {en: The council}}
          - {code: other, label: {en: Somebody else}, write_in: true}
          - {code: nobody, label: {en: Nobody}, exclusive: true}
  - questions:
      - name: safe
        kind: scale
        ask: {en: "How safe do you feel where you live?"}
        points:
          low: {en: Not at all safe}
          high: {en: Completely safe}
        missing: [{missing: dont-know, label: {en: I do not know}}]
  - questions:
      - name: treatment
        kind: matrix
        list: satisfaction
        ask: {en: "How satisfied were you with how you were treated?"}
        rows:
          - {code: police, label: {en: By the police}}
          - {code: court, label: {en: By the court}}
          - {code: support, label: {en: By victim support}}
  - questions:
      - name: views
        kind: statements
        ask: {en: "What do you think of these?"}
        order: random
        rows:
          - {code: lights, label: {en: There should be more street lights.}}
          - {code: patrols, label: {en: I see officers on foot often enough.}}
  - questions:
      - name: again
        kind: yes-no
        ask: {en: "Would you report a crime again?"}
        missing: [{missing: dont-know, label: {en: I do not know}}]
  - questions:
      - name: worst
        kind: ranking
        list: crimes
        most: 3
        ask: {en: "Which crimes trouble you most?"}
  - questions:
      - name: first
        kind: priorities
        most: 2
        ask: {en: "What should the police do first?"}
        options:
          - {code: patrol, label: {en: Walk the streets}}
          - {code: answer, label: {en: Answer the phone sooner}}
          - {code: schools, label: {en: Go into schools}}
          - {code: none, label: {en: None of these}, exclusive: true}
          - {missing: dont-know, label: {en: I do not know}}
  - questions:
      - name: precept
        kind: money-option
        ask: {en: "How much should homes pay towards policing?"}
        for: {en: a Band D home}
        options:
          - {code: same, pence: 0, label: {en: No more than now}}
          - {code: little, pence: 500, label: {en: A little more}}
          - {code: more, pence: 1500, label: {en: More}, hint: {en: This keeps all officers.}}
          - {missing: dont-know, label: {en: I do not know}}
  - questions:
      - name: district
        kind: place
        elsewhere: elsewhere
        ask: {en: "Where do you live?"}
        options:
          - {code: E07000105, label: {en: Ashford}}
          - {code: E07000106, label: {en: Canterbury}}
          - {code: E07000112, label: {en: Folkestone and Hythe}}
          - {code: elsewhere, label: {en: Somewhere else}}
          - {missing: prefer-not-to-say, label: {en: Prefer not to say}}
  - title: {en: Numbers}
    questions:
      - name: calls
        kind: whole-number
        max: 20
        unit: {en: calls}
        ask: {en: "How often did you call?"}
        missing: [{missing: dont-know, label: {en: I do not know}}]
      - name: loss
        kind: decimal
        max: 10000
        unit: {en: £}
        ask: {en: "How much did you lose?"}
        missing: [{missing: prefer-not-to-say, label: {en: Prefer not to say}}]
      - name: waited
        kind: decimal
        min: 0.5
        max: 24
        places: 1
        unit: {en: hours}
        ask: {en: "How long did you wait?"}
  - title: {en: When it was}
    questions:
      - name: day
        kind: date
        earliest: 2018-01-01
        latest: today
        ask: {en: "On what day was it?"}
      - {name: month, kind: date, accepts: month, ask: {en: "In what month did you report it?"}}
  - title: {en: More about when}
    questions:
      - {name: year, kind: date, accepts: year, ask: {en: "In what year did you move here?"}}
      - name: about
        kind: date
        accepts: partial
        latest: today
        ask: {en: "When did it begin?"}
        missing: [{missing: dont-know, label: {en: I do not know}}]
      - name: clock
        kind: time
        earliest: "06:00"
        latest: "22:30"
        ask: {en: "At what time did you call?"}
        missing: [{missing: dont-know, label: {en: I do not know}}]
  - questions:
      - {name: street, kind: short-text, max_length: 20, ask: {en: "What do you call your area?"}}
      - {name: words, kind: long-text, max_length: 60, ask: {en: "What would help?"}}
  - questions:
      - name: group
        kind: computed
        ask: {en: Group}
        cases:
          - {code: victim, label: {en: Reported}, when: {reported-by: {in: [phone, online, desk]}}}
          - {code: other, label: {en: Did not}, when: {reported-by: {answered: true}}}
      - name: mail
        kind: email
        ask: {en: "What is your email address?"}
        purpose: {en: "To send you the results. We delete it after 3 months."}
      - name: number
        kind: phone
        ask: {en: "What is your phone number?"}
        purpose: {en: "To invite you to talk with us. We delete it after 3 months."}
"""


@cache
def every_kind() -> Definition:
    return load_definition(EVERY_KIND)
