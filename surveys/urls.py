"""The addresses of the surveys; nothing in them says what a survey is about."""

from django.urls import include, path

from surveys.respond import over, pause, receipt, safety, saving, views

visit = [
    path("", views.start, name="respond-start"),
    path("<int:number>/", views.page, name="respond-page"),
    path("about/", views.about, name="respond-about"),
    path("pause/", pause.pause, name="respond-pause"),
    path("check/", views.check, name="respond-check"),
    path("saved/", saving.saved, name="respond-saved"),
    path("return/", saving.come_back, name="respond-return"),
    path("send/", views.send, name="respond-send"),
    path("ended/", over.ended, name="respond-ended"),
    path("done/", over.done, name="respond-done"),
]
urlpatterns = [
    path("s/<slug:code>/", include(visit)),
    path("receipt/", receipt.receipt, name="receipt"),
    path("exit/", safety.leave, name="exit"),
]
