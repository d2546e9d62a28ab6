"""The stages between a capture and the archive, one module a stage: read, extract, store, link, index."""
