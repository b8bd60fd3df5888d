"""No request carries the character NUL further: PostgreSQL refuses it wherever it is asked for."""

from django.http import Http404

NULL = "\x00"


class NullCharactersMiddleware:
    """Knows no address with NUL in it, and takes it out of what is asked for behind the “?”.

    Forms refuse it by themselves.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "%00" in request.META.get("QUERY_STRING", ""):
            asked = request.GET.copy()
            for key, values in request.GET.lists():
                asked.setlist(key, [value.replace(NULL, "") for value in values])
            asked._mutable = False
            request.GET = asked
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Refuse the address where the error page of the site can answer."""
        if NULL in request.path_info:
            raise Http404
