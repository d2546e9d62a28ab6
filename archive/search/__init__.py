"""The search index: what is found in it, how it is asked and how it is written."""
