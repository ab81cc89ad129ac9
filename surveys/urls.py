"""The addresses of the surveys; nothing in them says what a survey is about."""

from django.urls import path

from surveys.respond import safety, views

urlpatterns = [
    path("s/<slug:code>/", views.start, name="respond-start"),
    path("s/<slug:code>/<int:number>/", views.page, name="respond-page"),
    path("s/<slug:code>/check/", views.check, name="respond-check"),
    path("s/<slug:code>/send/", views.send, name="respond-send"),
    path("s/<slug:code>/ended/", views.ended, name="respond-ended"),
    path("s/<slug:code>/done/", views.done, name="respond-done"),
    path("exit/", safety.leave, name="exit"),
]
