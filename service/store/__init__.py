"""What users tell the service: corrections, reviewed lines, keys, in a database.

`database` opens it and brings its schema up to date; each noun has a file with its table and what is done
with it; `migrations` holds the versions of the schema.
"""
