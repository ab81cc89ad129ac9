"""The addresses of the surveys; nothing in them says what a survey is about."""

from django.urls import path, register_converter

from surveys.respond import safety, views


class SurveyCode:
    """What a code can look like: nothing else reaches a view, or the database."""

    regex = "[A-Za-z0-9_-]{1,64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SurveyCode, "code")

urlpatterns = [
    path("s/<code:code>/", views.start, name="respond-start"),
    path("s/<code:code>/<int:number>/", views.page, name="respond-page"),
    path("s/<code:code>/check/", views.check, name="respond-check"),
    path("s/<code:code>/send/", views.send, name="respond-send"),
    path("s/<code:code>/ended/", views.ended, name="respond-ended"),
    path("s/<code:code>/done/", views.done, name="respond-done"),
    path("exit/", safety.leave, name="exit"),
]
