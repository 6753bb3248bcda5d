"""Bounds the body of a request before anybody parses it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.service.problems import Problem


class BodyLimit:
    """Lets through no body that is longer than an upload may be."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        """Stand before an application.

        Args:
            app: the application.
            most_bytes: of a body.
        """
        self._app, self._most = app, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"0")
        received = 0
        if told.isdigit() and int(told) > self._most:
            received = self._most  # the first piece of it is too much

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._most:
                raise Problem(413, f"This is more than {self._most >> 20} MB.", "Hand in less.")
            return message

        await self._app(scope, bounded, send)
