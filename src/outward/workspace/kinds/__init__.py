"""The kinds of record, by what they are about."""
