"""Columns left out by name, each group with its reason; all others are mapped or reported."""

PACKAGES = ("_fivetran_", "sbqq_", "netsuite_conn_", "celigo_sfnsio_", "ava_sfcpq_", "blng_")
"""How the copying tool and quoting, billing, tax and ERP packages begin their columns' names."""

EVERYWHERE = (
    # who touched the row and when it was looked at
    "created_by_id",
    "last_modified_by_id",
    "last_activity_date",
    "last_referenced_date",
    "last_viewed_date",
    # how the CRM lays out its screens
    "record_type_id",
    "photo_url",
    # free text, which may speak of people
    "description",
)

ACCOUNT = (
    # how to reach it: people at customers stay in the CRM
    "phone",
    "fax",
    "website",
    # its size and trade, which have no home in the model
    "annual_revenue",
    "number_of_employees",
    "ownership",
    "rating",
    "sic",
    "sic_desc",
    "ticker_symbol",
    "jigsaw_company_id",
    # the CRM's own number and source of the row
    "account_number",
    "account_source",
    "site",
    # the address by codes and coordinates beside the written one
    "billing_state_code",
    "billing_geocode_accuracy",
    "billing_latitude",
    "billing_longitude",
    # where goods go, which is no seat of the company
    "shipping_street",
    "shipping_city",
    "shipping_state",
    "shipping_state_code",
    "shipping_postal_code",
    "shipping_country",
    "shipping_country_code",
    "shipping_geocode_accuracy",
    "shipping_latitude",
    "shipping_longitude",
)

OPPORTUNITY = (
    # why it was lost, in words
    "loss_reason_c",
    # the model has no name of an opportunity and no relationship to its seller
    "name",
    "owner_id",
    # the CRM's forecast, made of stage and amount
    "expected_revenue",
    "forecast_category",
    "forecast_category_name",
    "fiscal",
    "fiscal_quarter",
    "fiscal_year",
    # tasks, campaigns, price books and territories, which are not loaded
    "has_open_activity",
    "has_opportunity_line_item",
    "has_overdue_task",
    "campaign_id",
    "lead_source",
    "next_step",
    "pricebook_2_id",
    "synced_quote_id",
    "territory_2_id",
    "is_excluded_from_territory_2_filter",
)

LINE_ITEM = (
    # quantities and prices of a line have no home before quotes are loaded
    "name",
    "quantity",
    "unit_price",
    "list_price",
    "total_price",
    "discount",
    "product_code",
    "pricebook_entry_id",
    "sort_order",
    "service_date",
    "has_quantity_schedule",
    "has_revenue_schedule",
    "has_schedule",
)

ORDER = (
    # the model goes from an order to its quote and service, not to an account or a seller
    "account_id",
    "owner_id",
    "activated_by_id",
    "company_authorized_by_id",
    "customer_authorized_by_id",
    "contract_id",
    "original_order_id",
    "pricebook_2_id",
    # the order's own number, kind and amount have no home
    "order_number",
    "type",
    "status_code",
    "total_amount",
    "is_reduction_order",
    "effective_date",
    "end_date",
    "billing_street",
    "billing_city",
    "billing_state",
    "billing_postal_code",
    "billing_country",
    "billing_country_code",
    *(name for name in ACCOUNT if name.startswith(("billing_", "shipping_"))),
)

PRODUCT = (
    "product_code",
    "external_id",
    "external_data_source_id",
    "display_url",
    "quantity_unit_of_measure",
    "stock_keeping_unit",
    "is_archived",
)

USER = (
    # logging in, locale and licences
    "username",
    "alias",
    "community_nickname",
    "profile_id",
    "user_role_id",
    "user_type",
    "is_active",
    "manager_id",
    "first_name",
    "last_name",
    "locale_sid_key",
    "language_locale_key",
    "time_zone_sid_key",
    "email_encoding_key",
    "last_login_date",
    "phone",
    "mobile_phone",
    "company_name",
)
