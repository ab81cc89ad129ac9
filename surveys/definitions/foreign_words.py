"""What foreign forms show without being told: answers of their own, in the languages known here.

A language that is not here is left out, and the check before publication names it.
"""

from collections.abc import Iterable

WORDS: dict[str, dict[str, str]] = {
    "yes": {
        "en": "Yes", "cy": "Ie", "de": "Ja", "es": "Sí", "fr": "Oui", "it": "Sì", "nl": "Ja",
        "pl": "Tak", "pt": "Sim",
    },
    "no": {
        "en": "No", "cy": "Nage", "de": "Nein", "es": "No", "fr": "Non", "it": "No", "nl": "Nee",
        "pl": "Nie", "pt": "Não",
    },
    "uncertain": {
        "en": "Uncertain", "cy": "Ansicr", "de": "Unsicher", "es": "No es seguro",
        "fr": "Incertain", "it": "Incerto", "nl": "Onzeker", "pl": "Niepewne", "pt": "Incerto",
    },
    "increase": {
        "en": "Increase", "cy": "Cynyddu", "de": "Zunahme", "es": "Aumentar", "fr": "Augmenter",
        "it": "Aumentare", "nl": "Toenemen", "pl": "Wzrost", "pt": "Aumentar",
    },
    "same": {
        "en": "Same", "cy": "Yr un fath", "de": "Gleichbleibend", "es": "Igual",
        "fr": "Sans changement", "it": "Uguale", "nl": "Hetzelfde", "pl": "Bez zmian",
        "pt": "Igual",
    },
    "decrease": {
        "en": "Decrease", "cy": "Lleihau", "de": "Abnahme", "es": "Disminuir", "fr": "Diminuer",
        "it": "Diminuire", "nl": "Afnemen", "pl": "Spadek", "pt": "Diminuir",
    },
    "female": {
        "en": "Female", "cy": "Benyw", "de": "Weiblich", "es": "Femenino", "fr": "Féminin",
        "it": "Femmina", "nl": "Vrouw", "pl": "Kobieta", "pt": "Feminino",
    },
    "male": {
        "en": "Male", "cy": "Gwryw", "de": "Männlich", "es": "Masculino", "fr": "Masculin",
        "it": "Maschio", "nl": "Man", "pl": "Mężczyzna", "pt": "Masculino",
    },
    "no-answer": {
        "en": "No answer", "cy": "Dim ateb", "de": "Keine Antwort", "es": "Sin respuesta",
        "fr": "Sans réponse", "it": "Nessuna risposta", "nl": "Geen antwoord",
        "pl": "Brak odpowiedzi", "pt": "Sem resposta",
    },
    "other": {
        "en": "Other", "ar": "أخرى", "cy": "Arall", "de": "Sonstiges", "es": "Otro", "fr": "Autre",
        "it": "Altro", "nl": "Anders", "pl": "Inne", "pt": "Outro", "sw": "Nyingine",
    },
    "comment": {
        "en": "Your comment", "cy": "Eich sylw", "de": "Ihr Kommentar", "es": "Su comentario",
        "fr": "Votre commentaire", "it": "Il tuo commento", "nl": "Uw opmerking",
        "pl": "Komentarz", "pt": "O seu comentário",
    },
}  # fmt: skip


def words(key: str, languages: Iterable[str], *, otherwise: str = "en") -> dict[str, str]:
    """The words in those of the languages that are known; where none is, English `otherwise`."""
    known = WORDS[key]
    found = {language: known[base] for language in languages if (base := _base(language)) in known}
    return found or {otherwise: known["en"]}


def same_in(text: str, languages: Iterable[str]) -> dict[str, str]:
    """A text that is the same in each language, such as a number."""
    return dict.fromkeys(languages, text)


def _base(language: str) -> str:
    return language.partition("-")[0]
