"""The CRM of the Americas: read like any export in the Salesforce object schema."""

from __future__ import annotations

from loaders.crm.source import Crm


class CrmAmericas(Crm):
    """Accounts, opportunities and users of the CRM of the Americas, under names of its own."""

    name = "crm_americas"
