"""The billing system of EMEA: bills as XML in the terms of TMF678."""
