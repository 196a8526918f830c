"""Every model is mapped or ignored by name, and what nobody has named is not kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from loaders.netbox.source import TYPES
from loaders.source import Ignored, Source, Unreadable


def test_users_and_devices_are_ignored_by_name_in_both_shapes(
    extracted: Callable[..., Any], django: Callable[..., Any]
) -> None:
    exported = extracted([django("auth.user", 1, password="pbkdf2$x"), django("dcim.device", 2)])
    listed = extracted(
        {
            "count": 2,
            "results": [
                {"id": 1, "url": "https://netbox.example/api/users/tokens/1/", "key": "secret"},
                {"id": 2, "url": "https://netbox.example/api/ipam/ip-addresses/2/"},
            ],
        }
    )

    assert [(type(item), item.record_type) for item in exported] == [
        (Ignored, "auth.user"),
        (Ignored, "dcim.device"),
    ]
    assert [(type(item), item.record_type) for item in listed] == [
        (Ignored, "users.token"),
        (Ignored, "ipam.ipaddress"),
    ]


def test_a_model_that_nobody_has_named_is_unreadable_and_its_values_are_not_kept(
    extracted: Callable[..., Any], django: Callable[..., Any]
) -> None:
    (item,) = extracted([django("plugin.vault", 3, secret="open sesame")])

    assert isinstance(item, Unreadable)
    assert (item.record_type, item.native_id) == ("plugin.vault", "3")
    assert item.text == "fields: created, custom_field_data, last_updated, secret"
    assert item.reason == "no known model (plugin.vault)"


def test_all_models_of_the_demo_are_named(source: Source, demo: Path) -> None:
    models = {record["model"] for record in json.loads(demo.read_text("utf-8"))}

    assert models <= set(TYPES) | set(source.spec.ignores)
