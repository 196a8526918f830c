"""Signatures of Standard Webhooks 1.0: v1 (HMAC-SHA256) and v1a (ed25519), and their secrets.

One secret is 64 bytes by chance: the first half signs v1, the other half is the seed of v1a's key.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64encode
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from graph.errors import UsageError
from graph.settings import Settings, variable_of
from graph.webhooks.webhook import Webhook

HALF = 32


class Secret:
    """A secret by which deliveries are signed in both ways."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._signer = Ed25519PrivateKey.from_private_bytes(raw[HALF:])

    @classmethod
    def mint(cls) -> Secret:
        """A new one."""
        return cls(secrets.token_bytes(2 * HALF))

    @property
    def shared(self) -> str:
        """What a receiver needs for v1, and must keep to itself."""
        return "whsec_" + b64encode(self.raw[:HALF]).decode()

    @property
    def public(self) -> str:
        """What a receiver needs for v1a, and anybody may know."""
        return "whpk_" + b64encode(self._signer.public_key().public_bytes_raw()).decode()

    def signatures(self, content: bytes) -> list[str]:
        """Both signatures."""
        symmetric = hmac.new(self.raw[:HALF], content, hashlib.sha256).digest()
        return [
            f"v1,{b64encode(symmetric).decode()}",
            f"v1a,{b64encode(self._signer.sign(content)).decode()}",
        ]


class Safe:
    """Encrypts secrets for the graph by keys that are not in it."""

    def __init__(self, keys: list[str]) -> None:
        self._fernet = MultiFernet([Fernet(one) for one in keys])

    def seal(self, secret: Secret) -> str:
        """A secret as it is kept."""
        return self._fernet.encrypt(secret.raw).decode()

    def open(self, sealed: str) -> Secret:
        """The secret that was kept; UsageError where none of the keys encrypted it."""
        try:
            return Secret(self._fernet.decrypt(sealed))
        except InvalidToken:
            raise UsageError(
                "the secret of a webhook was encrypted by another key",
                where=variable_of("webhook_key"),
                remedy="add the former key after the present one, or rotate the webhook's secret",
            ) from None


def safe_of(settings: Settings) -> Safe:
    """The safe of this installation; UsageError, which proposes a key, where there is none."""
    given = settings.webhook_key.get_secret_value().split() if settings.webhook_key else []
    try:
        if given:
            return Safe(given)
        what = "there is no key by which secrets of webhooks are encrypted"
    except ValueError:
        what = "it holds what is no Fernet key (32 bytes as URL-safe base64)"
    name = variable_of("webhook_key")
    raise UsageError(
        what, where=name, remedy=f"put it in .env: {name}={Fernet.generate_key().decode()}"
    )


def headers(webhook: Webhook, id: str, body: bytes, *, now: datetime, safe: Safe) -> dict[str, str]:
    """The headers that say what is delivered, when, and that it is from us.

    During a rotation it is signed by the former secret too.
    """
    sealed = [webhook.secret]
    if webhook.former_secret and webhook.former_until and now < webhook.former_until:
        sealed.append(webhook.former_secret)
    timestamp = str(int(now.timestamp()))
    content = f"{id}.{timestamp}.".encode() + body
    signed = [one for text in sealed for one in safe.open(text).signatures(content)]
    return {
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(signed),
    }
