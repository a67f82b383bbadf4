"""A small real OpenID Connect provider on loopback: discovery, RS256 keys, code flow with PKCE.

It signs in whoever ``person`` says without asking, and checks all that a provider has to check.
Every fault in ``faults`` makes it lie in one way.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "psot", "secret between the two"


@dataclass
class Person:
    """Whom the provider knows."""

    subject: str = "s-1"
    email: str = "ivan@example.org"
    email_verified: bool = True
    name: str = "Иван Петров"


@dataclass
class Provider:
    """The provider: where it is, whom it signs in, and in what it lies."""

    issuer: str = ""
    person: Person = field(default_factory=Person)
    faults: set[str] = field(default_factory=set)
    away: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))
    other_key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))

    def metadata(self) -> dict[str, Any]:
        """What discovery says."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Return where the browser goes back to."""
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Return the answer to a code: a status and its body."""
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            authorization != f"Basic {expected}"
            or asked is None
            or asked["redirect_uri"] != form["redirect_uri"]
            or asked["code_challenge"] != challenge
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": self.id_token(asked["nonce"]),
        }

    def id_token(self, nonce: str) -> str:
        """Return who it is, signed."""
        now = int(time.time())
        claims = {
            "iss": "https://evil.example" if "issuer" in self.faults else self.issuer,
            "aud": "somebody else" if "audience" in self.faults else CLIENT,
            "sub": self.person.subject,
            "nonce": "another" if "nonce" in self.faults else nonce,
            "iat": now - 7200 if "expired" in self.faults else now,
            "exp": now - 3600 if "expired" in self.faults else now + 300,
            "email": self.person.email,
            "email_verified": self.person.email_verified,
            "name": self.person.name,
        }
        key = self.other_key if "signature" in self.faults else self.key
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key)


class _Handler(BaseHTTPRequestHandler):
    @property
    def provider(self) -> Provider:
        return cast("Provider", self.server.provider)  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if self.provider.away:
            self._json(503, {})
            return
        pages = {
            "/.well-known/openid-configuration": self.provider.metadata,
            "/jwks": lambda: {"keys": [self.provider.key.as_dict(private=False)]},
        }
        if parts.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(asked))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif parts.path in pages:
            self._json(200, pages[parts.path]())
        else:
            self._json(404, {})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        self._json(*self.provider.token(form, self.headers.get("Authorization", "")))

    def _json(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Be quiet."""


@contextmanager
def provider_running() -> Iterator[Provider]:
    """A provider for the length of the block."""
    provider = Provider()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.provider = provider  # type: ignore[attr-defined]
        provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield provider
        server.shutdown()
        thread.join()
