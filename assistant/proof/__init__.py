"""Proof (校核): is every number and every strong word of a text true to the report, and is the text whole."""
