"""Feeds and calendars of a selection."""
