"""The addresses of the surveys; nothing in them says what a survey is about."""

from django.urls import path

from surveys.respond import safety, views

urlpatterns = [
    path("s/<str:code>/", views.start, name="respond-start"),
    path("s/<str:code>/<int:number>/", views.page, name="respond-page"),
    path("s/<str:code>/check/", views.check, name="respond-check"),
    path("s/<str:code>/send/", views.send, name="respond-send"),
    path("s/<str:code>/done/", views.done, name="respond-done"),
    path("exit/", safety.leave, name="exit"),
]
