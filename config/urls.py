"""The addresses of the whole site."""

urlpatterns: list = []
