"""Signatures hold by the specification, of every secret that signs, and of nothing else."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as some
from pydantic import SecretStr

from api.webhooks.signing import Safe, Secret, headers, safe_of
from graph.access.principal import LOCAL_OPERATOR
from graph.errors import UsageError
from graph.settings import read_settings
from graph.webhooks.webhook import Webhook
from tests.api.webhooks.receiver import Delivery, is_by, is_by_holder_of

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
SAFE = Safe([Fernet.generate_key().decode()])
OLD, NEW = Secret.mint(), Secret.mint()


def webhook(secret: Secret, **more: object) -> Webhook:
    made = Webhook(
        id="w", address="https://a.example/", feed="signals", principal=LOCAL_OPERATOR,
        state="active", secret=SAFE.seal(secret), handshake="h", feed_epoch=1, sequence=0,
        created_at=NOW,
    )  # fmt: skip
    return replace(made, **more)


def signed(one: Webhook, body: bytes, now: datetime = NOW) -> Delivery:
    return Delivery("/", headers(one, "id-1", body, now=now, safe=SAFE), body)


def test_the_verifier_of_these_tests_knows_the_example_of_the_specification() -> None:
    told = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    assert is_by(Delivery("/", told, b'{"test": 2432232314}'), secret)
    assert not is_by(Delivery("/", told, b'{"test": 2432232315}'), secret)


@given(some.binary(max_size=200))
def test_both_signatures_hold_for_any_body_and_for_no_other(body: bytes) -> None:
    delivery = signed(webhook(NEW), body)
    other = replace(delivery, body=body + b" ")

    assert delivery.headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert is_by(delivery, NEW.shared)
    assert is_by_holder_of(delivery, NEW.public)
    assert not is_by(other, NEW.shared)
    assert not is_by_holder_of(other, NEW.public)
    assert not is_by(delivery, OLD.shared)
    assert not is_by_holder_of(delivery, OLD.public)


def test_while_a_secret_is_rotated_both_sign_and_then_the_new_one_alone() -> None:
    end = NOW + timedelta(hours=24)
    rotated = webhook(NEW, former_secret=SAFE.seal(OLD), former_until=end)
    during, after = signed(rotated, b"{}"), signed(rotated, b"{}", end)

    kinds = [one.split(",")[0] for one in during.headers["webhook-signature"].split(" ")]
    assert kinds == ["v1", "v1a", "v1", "v1a"]
    assert all(is_by(during, one.shared) for one in (OLD, NEW))
    assert all(is_by_holder_of(during, one.public) for one in (OLD, NEW))
    assert [is_by(after, one.shared) for one in (OLD, NEW)] == [False, True]
    assert [is_by_holder_of(after, one.public) for one in (OLD, NEW)] == [False, True]


def test_what_a_receiver_is_given_is_in_the_form_of_the_specification() -> None:
    assert len(b64decode(NEW.shared.removeprefix("whsec_"))) == 32
    assert len(b64decode(NEW.public.removeprefix("whpk_"))) == 32


def test_a_secret_is_kept_encrypted_and_found_again_after_the_key_was_changed() -> None:
    first, second = (Fernet.generate_key().decode() for _ in range(2))
    sealed = Safe([first]).seal(NEW)

    assert NEW.shared.removeprefix("whsec_") not in sealed
    assert Safe([second, first]).open(sealed).raw == NEW.raw
    with pytest.raises(UsageError) as refused:
        Safe([second]).open(sealed)
    assert refused.value.where == "FOOTPRINT_WEBHOOK_KEY"


@pytest.mark.parametrize(("given", "what"), [("", "there is no key"), ("abc", "no Fernet key")])
def test_without_a_good_key_nothing_is_begun_and_one_is_proposed(given: str, what: str) -> None:
    settings = read_settings(env_file=None, webhook_key=SecretStr(given))
    with pytest.raises(UsageError) as refused:
        safe_of(settings)

    assert what in refused.value.what
    proposed = str(refused.value.remedy).partition("FOOTPRINT_WEBHOOK_KEY=")[2]
    assert safe_of(read_settings(env_file=None, webhook_key=SecretStr(proposed)))
