-- An alarm of a source's run stands until the source's listings have all been read anew, also while runs that had
-- nothing to do come after it.
ALTER TABLE problems ADD COLUMN settled_at TEXT;
UPDATE problems SET settled_at = seen_at
WHERE run_id NOT IN (SELECT max(id) FROM runs WHERE kind = 'crawl' AND source_id IS NOT NULL GROUP BY source_id);
