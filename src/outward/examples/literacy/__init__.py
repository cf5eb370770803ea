"""The example workspace 'literacy': one measure and the full range of interests, at every level (so far, records)."""
