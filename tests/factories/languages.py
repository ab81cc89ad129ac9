"""A survey in several languages: Easy Read and one that is written from the right among them."""

import io
import re
from typing import Any

from ruamel.yaml import YAML

SPOKEN = """
survey: spoken
version: 1
title: {en: Your views, cy: Eich barn, ar: رأيك}
policy: sensitive
design: self-selected
discreet: true
minutes: 3
languages: [en, cy, ar, en-simple]
helplines: [emergency, galop, samaritans]
start:
  en: We would like to hear how it was.
  cy: Hoffen ni glywed sut oedd hi.
  ar: نود أن نسمع كيف كان الأمر. للأطفال، اتصلوا بالرقم 0800 1111.
done: {en: That is all, cy: Dyna ni, ar: هذا كل شيء}
pages:
  - questions:
      - name: language
        kind: choice
        ask: {en: Where do you live?, cy: Ble rydych chi'n byw?, ar: أين تعيش؟}
        hint: {en: The nearest of these., cy: Yr agosaf o'r rhain., ar: الأقرب من هذه.}
        options:
          - {code: north, label: {en: In the north, cy: Yn y gogledd, ar: في الشمال}}
          - {code: south, label: {en: In the south, cy: Yn y de, ar: في الجنوب}}
          - code: other
            write_in: true
            label: {en: Somewhere else, cy: Rhywle arall, ar: في مكان آخر}
          - missing: prefer-not-to-say
            label: {en: Prefer not to say, cy: Mae'n well gen i beidio â dweud, ar: أفضل عدم القول}
  - questions:
      - name: reasons
        kind: choices
        max_choices: 2
        ask: {en: What was wrong?, cy: Beth oedd o'i le?, ar: ما الخطأ الذي حدث؟}
        options:
          - {code: slow, label: {en: It was slow, cy: Roedd yn araf, ar: كان بطيئًا}}
          - {code: rude, label: {en: It was rude, cy: Roedd yn anghwrtais, ar: كان فظًا}}
          - {code: lost, label: {en: It was lost, cy: Aeth ar goll, ar: ضاع}}
          - code: none
            exclusive: true
            label: {en: None of these, cy: Dim un o'r rhain, ar: لا شيء من هذه}
  - title: {en: The time and the number, cy: Yr amser a'r nifer, ar: الوقت والعدد}
    questions:
      - name: when
        kind: date
        latest: today
        ask: {en: When was it?, cy: Pryd oedd hi?, ar: متى كان ذلك؟}
      - name: calls
        kind: whole-number
        max: 20
        unit: {en: calls, cy: galwad, ar: مكالمة}
        ask: {en: How often did you call?, cy: Pa mor aml wnaethoch chi ffonio?, ar: كم مرة اتصلت؟}
        missing:
          - {missing: dont-know, label: {en: I do not know, cy: Dydw i ddim yn gwybod, ar: لا أعرف}}
  - questions:
      - name: treated
        kind: matrix
        ask: {en: How were you treated by…?, cy: Sut gawsoch chi eich trin gan…?, ar: كيف عاملك…؟}
        rows:
          - {code: police, label: {en: the police, cy: yr heddlu, ar: الشرطة}}
          - {code: court, label: {en: the court, cy: y llys, ar: المحكمة}}
        options:
          - {code: well, label: {en: Well, cy: Yn dda, ar: جيدًا}}
          - {code: badly, label: {en: Badly, cy: Yn wael, ar: بشكل سيئ}}
  - questions:
      - name: again
        kind: yes-no
        ask: {en: Would you call again?, cy: Fyddech chi'n ffonio eto?, ar: هل ستتصل مرة أخرى؟}
        labels:
          yes: {en: "Yes", cy: Byddwn, ar: نعم}
          no: {en: "No", cy: Na fyddwn, ar: لا}
  - questions:
      - name: words
        kind: long-text
        max_length: 100
        ask: {en: What would help?, cy: Beth fyddai'n helpu?, ar: ما الذي يمكن أن يساعد؟}
"""


def in_another(text: str, language: str) -> str:
    """The YAML of an English survey, offered in `language` too, in words that nobody speaks.

    Where English letters stand on a page of it, nobody put the page's own words into the language.
    """
    yaml = YAML(typ="safe", pure=True)
    definition = yaml.load(text)
    definition["languages"] = ["en", language]
    written = io.StringIO()
    yaml.dump(_with(definition, language), written)
    return written.getvalue()


def _with(part: Any, language: str) -> Any:
    if isinstance(part, list):
        return [_with(one, language) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("kind") == "yes-no":
        part = {"labels": {"yes": {language: "ŵŵŵ"}, "no": {language: "ŵŵ"}}, **part}
    if isinstance(part.get("en"), str):
        # Another letter for each, none of them English, so that what differs still differs.
        strange = re.sub(
            r"[A-Za-z]", lambda m: chr(0x100 + 2 * (ord(m[0].lower()) - 97)), part["en"]
        )
        return {**part, language: strange}
    return {key: _with(one, language) for key, one in part.items()}
