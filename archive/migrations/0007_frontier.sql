-- The next addresses of a round are found where they stand in these orders, however many wait: ways before pages,
-- then those that are longest due, or (in a round of everything) those that were longest not looked at.
DROP INDEX visits_due;
CREATE INDEX visits_due ON visits (source_id, role IN ('page', 'attachment'), due_at, url);
CREATE INDEX visits_checked ON visits (source_id, role IN ('page', 'attachment'), coalesce(checked_at, ''), url);
