"""Tests, mirroring the packages, and the golden pages that the extraction is measured on."""
