"""The name of the project or call, as the page gives it."""
