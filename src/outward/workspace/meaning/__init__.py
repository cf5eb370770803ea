"""What the records say together: who inherits what, what serves which need, what was known and what came of it."""
