"""What another library for LTI says of a launch, as a second opinion."""

from typing import Any

from tests.service.lti.lms import Lms

WITHOUT = "pylti1p3next is not installed: no second opinion"
VERSION = "2.0.2"  # of which the opinions are


def opinion(lms: Lms, nonces: list[str], token: str, times: int = 1) -> bool:
    """Return whether the library takes a token, the last of so many times."""
    from pylti1p3.cookie import CookieService
    from pylti1p3.exception import LtiException, ToolConfException
    from pylti1p3.message_launch import MessageLaunch
    from pylti1p3.request import Request
    from pylti1p3.session import SessionService
    from pylti1p3.tool_config.dict import ToolConfDict

    public = [{**one.as_dict(private=False), "kid": one.thumbprint()} for one in lms.keys]
    platform = lms.platform
    config = ToolConfDict(
        {
            lms.url: {  # type: ignore[dict-item]
                "client_id": lms.client, "auth_login_url": platform.login_url,
                "auth_token_url": platform.token_url, "key_set_url": platform.keys_url,
                "key_set": {"keys": [*lms.noise, *public]}, "deployment_ids": [lms.deployment],
            }
        }
    )  # fmt: skip

    class LibraryRequest(Request):
        session: dict[str, Any] = {}  # noqa: RUF012  (one for each opinion)

        def get_param(self, key: str) -> str:
            return {"state": "s", "id_token": token}.get(key, "")

        def is_secure(self) -> bool:
            return True

    class Cookies(CookieService):
        def get_cookie(self, name: str) -> str:
            return name

        def set_cookie(self, *said: object) -> None: ...

    class LibraryLaunch(MessageLaunch[Any, Any, Any, Any]):
        def _get_request_param(self, key: str) -> str:
            return str(self._request.get_param(key))

    request = LibraryRequest()
    session = SessionService(request)
    for nonce in nonces:
        session.save_nonce(nonce)
    verdict = False
    for _ in range(times):
        try:
            LibraryLaunch(
                request, config, session_service=session, cookie_service=Cookies()
            ).validate()
            verdict = True
        except (LtiException, ToolConfException, ValueError, TypeError, KeyError, AttributeError):
            verdict = False
    return verdict
