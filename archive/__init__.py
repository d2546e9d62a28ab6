"""The store: captures on disk, the schema of archive.db, and the queries that pipelines and publish share."""
