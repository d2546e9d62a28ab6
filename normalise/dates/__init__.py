"""Dates and periods as they are written, and which date of a page has which role."""
