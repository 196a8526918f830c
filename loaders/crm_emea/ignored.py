"""Columns left out by name, each group with its reason; all others are mapped or reported."""

EVERYWHERE = (
    # who touched the row, and how often
    "_createdby_value",
    "_modifiedby_value",
    "_createdonbehalfby_value",
    "_modifiedonbehalfby_value",
    "versionnumber",
    "importsequencenumber",
    "overriddencreatedon",
    "timezoneruleversionnumber",
    "utcconversiontimezonecode",
    # the primary key, which is the record's id
    "accountid",
    "opportunityid",
    "systemuserid",
    # how the owner is kept inside
    "_owningbusinessunit_value",
    "_owninguser_value",
    "_owningteam_value",
    # the currency by the CRM's own id, its rate, and amounts converted at it
    "_transactioncurrencyid_value",
    "exchangerate",
    "estimatedvalue_base",
    "revenue_base",
    "creditlimit_base",
    # why the row is in its state, in the CRM's own list
    "statuscode",
    # free text, which may speak of people
    "description",
)

ACCOUNT = (
    # how to reach it: people at customers stay in the CRM
    "telephone1",
    "telephone2",
    "fax",
    "emailaddress1",
    "websiteurl",
    "_primarycontactid_value",
    # the CRM's own number of the row
    "accountnumber",
    # its size, trade and credit, which have no home in the model
    "revenue",
    "numberofemployees",
    "sic",
    "tickersymbol",
    "stockexchange",
    "ownershipcode",
    "creditlimit",
    "creditonhold",
    "accountcategorycode",
    "accountclassificationcode",
    "businesstypecode",
    # the address again
    "address1_composite",
    "address1_addressid",
    "address1_latitude",
    "address1_longitude",
    # a merged row's master, said only when it was merged
    "_masterid_value",
)

OPPORTUNITY = (
    # the model has no name of an opportunity and no relationship to its seller
    "name",
    "_ownerid_value",
    "createdon",
    # the account again, where both are given
    "_customerid_value",
    "_accountid_value",
    # the CRM's own forecast and process
    "actualvalue",
    "actualvalue_base",
    "budgetamount",
    "opportunityratingcode",
    "msdyn_forecastcategory",
    "salesstage",
    "salesstagecode",
    "processid",
    "stageid",
    "_pricelevelid_value",
    "pricingerrorcode",
    "isrevenuesystemcalculated",
    "totalamount",
    "lostreason",
)

USER = (
    # logging in, licences and the person's own name
    "createdon",
    "domainname",
    "azureactivedirectoryobjectid",
    "firstname",
    "lastname",
    "isdisabled",
    "accessmode",
    "caltype",
    "setupuser",
    "mobilephone",
    "address1_telephone1",
    "_parentsystemuserid_value",
    "_territoryid_value",
)

ACTIVITY = (
    "activityid",
    "activitytypecode",
    "actualend",
    "actualdurationminutes",
    "createdon",
    "modifiedon",
    "prioritycode",
    "scheduledend",
    "scheduledstart",
    "statecode",
    # what it was about and who took part
    "subject",
    "location",
    "directioncode",
    "_ownerid_value",
)
