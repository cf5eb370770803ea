"""What every question means, in plain Python: the engines must give the same figures.

Nothing here is quick, and nothing is clever: lists, dictionaries and loops over events, to be read as
the specification. It is not shipped.
"""
