"""Readers of tables: CSV in every usual encoding, workbooks, JSON and Parquet; rows in, rows out.

`table` says what a table and its rows are; one file per kind of table; `opening` tells the kind by the
content of a file; `columns` finds the text and what belongs to it; `lines` gives rows as lines of calls.
"""
