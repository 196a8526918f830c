"""The one declaration of labels, relationship types and properties, read through catalogue.py."""
