"""The archive's face: Datasette plugins and templates, exports and feeds."""
