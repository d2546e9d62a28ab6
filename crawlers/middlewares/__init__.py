"""Downloader middlewares, one verb each, in the order of `crawlers.settings`."""
