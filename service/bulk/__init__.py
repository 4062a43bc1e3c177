"""Bulk scoring: files and folders in, the same with answers out.

`inputs` finds the files, `source` opens one as a table, `scoring` answers its rows, `rejected` keeps what
cannot be scored, `run` goes through many files, `journal` remembers which are done, `combined` makes one
table of many.
"""
