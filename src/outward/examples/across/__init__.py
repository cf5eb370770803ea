"""The example workspace 'across': needs of two groups that no single body owns (so far, records)."""
