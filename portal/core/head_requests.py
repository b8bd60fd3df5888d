"""HEAD: what GET would answer, without its content."""


class HeadRequestsMiddleware:
    """Lets the API answer HEAD as it answers GET, and makes no file that nobody is sent.

    Operations of the API know the methods they name only; harvesters and caches ask them by HEAD.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method != "HEAD":
            return self.get_response(request)
        if request.path_info.startswith("/api/"):
            request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"
        if response.streaming:
            response.streaming_content = ()
        return response
