"""Readers of what telephony, recognisers and editors export: a file in, the lines of its calls out.

`objections.document` is a file and what can be told of it at a glance; each family of formats has a file of
its own with its `FORMATS`; `catalogue` tells the format of a document and reads it; `cleaning` drops what
nobody said, and counts it.
"""
