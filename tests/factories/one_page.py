"""A survey that fits on one page."""

POLL = """
survey: poll
version: 1
title: {en: Your street, cy: Eich stryd}
policy: open
design: self-selected
discreet: false
minutes: 1
languages: [en, cy]
start: {en: Two questions about your street., cy: Dau gwestiwn am eich stryd.}
done: {en: We will tell you what came of it., cy: Byddwn ni'n dweud beth ddaw ohono.}
pages:
  - questions:
      - name: safe
        kind: choice
        required: true
        ask: {en: Do you feel safe there?, cy: Ydych chi'n teimlo'n ddiogel yno?}
        options:
          - {code: "yes", label: {en: "Yes", cy: Ydw}}
          - {code: "no", label: {en: "No", cy: Nac ydw}}
          - {missing: prefer-not-to-say, label: {en: Rather not say, cy: Gwell gen i beidio}}
      - {name: why, kind: long-text, ask: {en: Why?, cy: Pam?}, max_length: 200}
"""
