"""What each key of a definition is for, as editors show it beside the cursor."""

KEYS = {
    # The survey.
    "survey": "The survey's own name, which is its folder's: small letters, digits and hyphens.",
    "version": "Its number, which is the file's name. What is published never changes: raise it.",
    "policy": "sensitive: every published table is guarded; open: exact totals for a consultation.",
    "design": "How people came to answer; decides what may be claimed of the results.",
    "discreet": "Whether nothing around the pages may say what the survey is about.",
    "listed": "Whether the home page and the API show it.",
    "minutes": "How long it takes, as the first page says.",
    "languages": "The languages that it is offered in, the first for want of another: en, cy, "
    "en-simple for Easy Read.",
    "interruption": "Shown before anything says what the survey is about, in Markdown: whether it "
    "is a safe time, and how to leave.",
    "start": "Before the first question, in Markdown: what it is, who sees the answers.",
    "done": "After sending, in Markdown.",
    "save": "Whether answers may be kept under a number, to go on later; left out, they may unless "
    "the survey is discreet.",
    "helplines": "Who can help: keys of surveys/content/helplines.yaml, in order.",
    "safeguarding": "Answers and words that call for help at once, and who is told.",
    "lists": "Options that several questions share, by name.",
    "nets": "Codes of a list that are reported together, by name.",
    "indicator": "The headline: the share of a question's answers that fall in a net.",
    "pages": "What is on the screen at once, in order.",
    "breakdowns": "The splits that will ever be counted: fields of which one option is chosen, "
    "and channel. Each makes small groups, so choose few.",
    "strata": "Fields that part the answers into the cells that weights are worked out for.",
    "continuity": "For a field that was reworded, why it still means the same: comparisons over "
    "time rest on it.",
    # A page.
    "title": "A short heading. On a discreet survey it must tell nothing.",
    "show_if": "Shown or offered only where this is true of answers of earlier pages.",
    "questions": "One question, or a few small ones that belong together.",
    "end_if": "Ways out after this page, tried in order once it is answered.",
    "when": "A condition; at an ending or a call the page's own answers may be tested too.",
    "outcome": "screen-out: says why and stores nothing; safety-exit: the same with help first; "
    "finish: no more questions, on to checking and sending.",
    "say": "What a person is told there, in Markdown; no answer can be put in.",
    # Safeguarding.
    "anonymous": "true: nobody is told what was answered; false: the safeguarding lead sees each "
    "call for help, which the first page says.",
    "contact": "Whether the person may ask to be contacted; true unless it is said here.",
    "words": "Whole words or phrases that call for help, by language; those of all are looked for.",
    "calls": "What calls for help: a condition, or words in what somebody writes.",
    "words_in": "The own-words questions in which the words are looked for.",
    # A question.
    "name": "What data sets and the API call it; once in the survey.",
    "kind": "What sort of answer it takes.",
    "ask": "The question. {{field|words}} puts in the label of an earlier answer, or the words.",
    "hint": "Help beneath it.",
    "required": "Whether it must be answered; leave it out, or offer a missing code as a way out.",
    "sensitive": "Whether it may hurt to be asked; needs the missing code prefer-not-to-say.",
    "stage": "The stage of a victim's experience that it belongs to.",
    "valid_if": "A condition on this question's own answer; a false one refuses the answer.",
    "valid_says": "What is said of an answer that valid_if refuses.",
    "list": "The name of a list of the survey, in place of options.",
    "options": "What can be chosen, in order.",
    "order": "random: shuffled for each person; what stands apart stays at the end.",
    "missing": "Answers that are none and count aside: prefer-not-to-say, dont-know, "
    "does-not-apply.",
    "max_choices": "How many options may be chosen.",
    "most": "How many may be chosen or ranked.",
    "rows": "What is asked about, a row each; every row is a field of its own, question.row.",
    "labels": "The built-in options in other words or languages, by code.",
    "points": "Whole numbers as points of a scale, of which only the ends have words.",
    "from": "The lowest number.",
    "to": "The highest number.",
    "low": "Words for the lowest.",
    "high": "Words for the highest.",
    "cases": "The code that is given where a condition is true, tried in order.",
    "accepts": "How much of a date is asked for; partial: as much as the person knows.",
    "earliest": "The first date or time that is taken, or today.",
    "latest": "The last date or time that is taken, or today.",
    "min": "The smallest number that is taken.",
    "max": "The largest number that is taken.",
    "places": "How many decimal places are taken.",
    "unit": "What the number counts: years, calls, £.",
    "max_length": "How many characters are taken.",
    "purpose": "Why it is asked for, and how long it is kept.",
    "for": "Whose cost it is, such as a Band D home.",
    "pence": "What the option costs, in whole pence a year; 0 for nothing.",
    "elsewhere": "The code that stands for every place outside the areas.",
    # An option.
    "code": "What is stored and counted. It belongs to the version and keeps its meaning.",
    "label": "What the person reads. Only that of a row can have an earlier answer put in.",
    "exclusive": "Whether it stands alone: None of these.",
    "write_in": "Whether own words may be written beside it, in the field question.code.",
    "last": "Whether it keeps its place at the end in random order.",
    # Nets and the indicator.
    "codes": "Codes of the list.",
    "question": "The name of a field.",
    "net": "The name of a net.",
}

OPERATORS = {
    "is": "Exactly this code.",
    "in": "Nothing but these codes.",
    "any_of": "At least one of these codes.",
    "all_of": "Each of these codes.",
    "lt": "Less than a number, or before a date.",
    "le": "At most a number, or not after a date.",
    "gt": "More than a number, or after a date.",
    "ge": "At least a number, or not before a date.",
    "between": "From the first to the second, ends included.",
    "answered": "Whether it was answered at all; a missing code is an answer.",
    "count": "How many options were chosen, such as {ge: 2}.",
}
