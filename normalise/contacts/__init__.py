"""Contacts: e-mail addresses, phone numbers and job titles, each tied to its person."""
