"""Readers: the bytes of one format become the archived text that docs/architecture.md describes."""
