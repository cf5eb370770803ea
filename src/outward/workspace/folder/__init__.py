"""A workspace as a folder of YAML: read with the place of every value, changed line by line, written together."""
