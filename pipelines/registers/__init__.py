"""Importing public registers of bodies: one module a register, and what they share."""
