"""Who calls, from the field Trivium-Principal.

Python's standard library cannot verify a signature. With the package `cryptography` this does (verify_principal.py);
without it, the service starts only with TRUST_NETWORK=1, and then believes whoever reaches its port. Set that only
where nobody but Trivium does: on the loopback interface, or in a private network of containers.
"""

import base64
import json
import os
import sys
import threading
import time
import urllib.request

try:
    from verify_principal import verify
except ImportError:
    verify = None

KEYS_SECONDS = 300
"""How long keys are used without asking again; Trivium publishes a key an hour before it uses it."""
COOLDOWN_SECONDS = 5
"""How soon tokens with unknown keys make the keys be fetched again."""


class KeysUnavailable(Exception):
    """Says nothing about a token: answer 503, not 401."""


class Keys:
    """Trivium's public keys by their id, fetched when they are needed."""

    def __init__(self, url):
        self._url = url
        self._keys = {}
        self._fetched = float("-inf")
        self._lock = threading.Lock()

    def for_token(self, token):
        kid = _decode(token.split(".")[0]).get("kid")
        with self._lock:
            age = time.monotonic() - self._fetched
            if age > KEYS_SECONDS or (kid not in self._keys and age > COOLDOWN_SECONDS):
                self._fetch()
            return self._keys

    def _fetch(self):
        try:
            with urllib.request.urlopen(self._url, timeout=5) as answer:
                keys = json.load(answer)["keys"]
        except (OSError, ValueError, KeyError) as error:
            raise KeysUnavailable(self._url) from error
        self._keys = {key["kid"]: key for key in keys}
        self._fetched = time.monotonic()


class Verifier:
    def __init__(self, issuer, audience, jwks_url=None):
        self._issuer, self._audience = issuer.rstrip("/"), audience
        self._keys = Keys(jwks_url or f"{self._issuer}/.well-known/jwks.json")
        self._trusts_network = os.environ.get("TRUST_NETWORK") == "1"
        if verify is None and not self._trusts_network:
            sys.exit(f"install `cryptography`, or read about TRUST_NETWORK in {__file__}")

    def claims(self, token):
        """@raises ValueError when the caller is not known, KeysUnavailable"""
        try:
            if self._trusts_network:
                return self._believed(token)
            return verify(token, self._keys.for_token(token), self._issuer, self._audience)
        except KeysUnavailable:
            raise
        except Exception as error:  # of many kinds, by base64, json and cryptography; whatever it is, nobody is known
            raise ValueError("no valid Trivium-Principal") from error

    def _believed(self, token):
        claims = _decode(token.split(".")[1])
        if claims["iss"] != self._issuer or claims["aud"] != self._audience or claims["exp"] <= time.time() - 5:
            raise ValueError("not for us, or not any more")
        return claims


def _decode(part):
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
