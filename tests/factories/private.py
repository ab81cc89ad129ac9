"""A survey of which nothing may be seen once somebody has left it; it has every kind of page."""

TITLE = "Zephyr questions"
PRIVATE = f"""
survey: private
version: 1
title: {{en: {TITLE}}}
policy: sensitive
design: self-selected
discreet: true
minutes: 3
languages: [en]
helplines: [emergency, galop]
save: true
interruption: {{en: "Zephyrs can be hard to think of."}}
start: {{en: "Zephyr is what these are about."}}
done: {{en: "Zephyr heard you."}}
safeguarding:
  anonymous: true
  calls:
    - {{when: {{calls: {{ge: 20}}}}, say: {{en: "So many zephyrs are too many."}}}}
pages:
  - questions:
      - {{name: hello, kind: information, ask: {{en: "Zephyr first."}}}}
  - questions:
      - name: blew
        kind: yes-no
        ask: {{en: "Did the zephyr blow?"}}
        labels: {{yes: {{en: Zephyr yes}}, no: {{en: Zephyr no}}}}
    end_if:
      - {{when: {{blew: {{is: no}}}}, outcome: screen-out, say: {{en: "Zephyr is not for you."}}}}
  - questions:
      - {{name: street, kind: short-text, max_length: 20, ask: {{en: "What zephyr was it?"}}}}
      - {{name: words, kind: long-text, max_length: 200, ask: {{en: "What did the zephyr do?"}}}}
      - name: worst
        kind: ranking
        most: 1
        ask: {{en: "Which zephyr was worst?"}}
        options:
          - {{code: first, label: {{en: The first zephyr}}}}
          - {{code: last, label: {{en: The last zephyr}}}}
  - questions:
      - {{name: calls, kind: whole-number, max: 20, ask: {{en: "How many zephyrs?"}}}}
"""
TYPED = "tramontana"
# Nothing that a person may see afterwards holds any of these.
SIGNS = ("zephyr", TYPED, "galop")
