"""Text in, facts out: the reading of Finnish and Swedish project pages and funding announcements.

Everything here is pure: the same text gives the same facts on every machine. No network, no database, no files but the
vocabulary that ships with the package.
"""
