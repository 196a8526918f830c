"""Natures of control, in BODS's words and as shares."""

from __future__ import annotations

import re
from datetime import date

from loaders.ownership import UNKNOWN_INTEREST, Interest, Share

_TYPES = {
    "ownership-of-shares": "shareholding",
    "voting-rights": "votingRights",
    "right-to-share-surplus-assets": "rightsToSurplusAssetsOnDissolution",
    "part-right-to-share-surplus-assets": "rightsToSurplusAssetsOnDissolution",
    "right-to-appoint-and-remove-directors": "appointmentOfBoard",
    "right-to-appoint-and-remove-members": "appointmentOfBoard",
    "right-to-appoint-and-remove-person": "appointmentOfBoard",
    "significant-influence-or-control": "otherInfluenceOrControl",
}
_BANDS = {
    "-25-to-50-percent": Share(low=0.25, high=0.5, more_than_low=True),
    "-50-to-75-percent": Share(low=0.5, high=0.75, more_than_low=True),
    "-75-to-100-percent": Share(low=0.75, high=1.0),
    "-more-than-25-percent": Share(low=0.25, high=1.0, more_than_low=True),
}
_NATURE = re.compile(
    f"({'|'.join(_TYPES)})({'|'.join(_BANDS)})?"
    "(-as-trust|-as-firm|-as-control-over-trust|-as-control-over-firm)?"
    "(-limited-liability-partnership|-registered-overseas-entity)?"
)


def interest_of(nature: str, begins: date | None, ends: date | None) -> Interest:
    """The interest that a nature of control is; an unknown one is an interest of unknown type.

    Whether it is held directly the register does not say. Through a trust or a firm the person
    controls, or acts for, whoever holds it: that is indirect, and makes nobody a parent.
    """
    found = _NATURE.fullmatch(nature)
    type = _TYPES[found[1]] if found else UNKNOWN_INTEREST
    return Interest(
        type=type,
        directness="indirect" if found and found[3] else "unknown",
        basis="legal",
        qualifier=nature,
        share=_BANDS[found[2]] if found and found[2] else Share(),
        appoints_majority=type == "appointmentOfBoard",
        valid_from=begins,
        valid_to=ends,
    )
