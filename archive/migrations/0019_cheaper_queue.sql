-- What waiting for the index costs while pages are stored: SQLite puts a list of `IN` into a table of its own for each row that a trigger or a
-- CHECK looks at, which made storing a quarter slower. The conditions are those of migration 0018; what waits goes on waiting.

CREATE TABLE index_queue_before AS SELECT type, key, changes FROM index_queue;
DROP TABLE index_queue;
CREATE TABLE index_queue (
    type TEXT NOT NULL CHECK (type = 'page' OR type = 'project' OR type = 'call' OR type = 'award' OR type = 'organisation'),
    key TEXT NOT NULL,
    changes INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (type, key)
) WITHOUT ROWID;
INSERT INTO index_queue SELECT type, key, changes FROM index_queue_before;
DROP TABLE index_queue_before;

DROP TRIGGER index_fact_added;
CREATE TRIGGER index_fact_added AFTER INSERT ON facts WHEN
    new.field = 'start' OR new.field = 'end' OR new.field = 'opens' OR new.field = 'closes' OR new.field = 'published' OR new.field = 'updated' OR new.field = 'identifier'
BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', new.page_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
DROP TRIGGER index_fact_lost;
CREATE TRIGGER index_fact_lost AFTER DELETE ON facts WHEN
    old.field = 'start' OR old.field = 'end' OR old.field = 'opens' OR old.field = 'closes' OR old.field = 'published' OR old.field = 'updated' OR old.field = 'identifier'
BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', old.page_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
DROP TRIGGER index_fact_changed;
CREATE TRIGGER index_fact_changed AFTER UPDATE OF value ON facts WHEN
    new.field = 'start' OR new.field = 'end' OR new.field = 'opens' OR new.field = 'closes' OR new.field = 'published' OR new.field = 'updated' OR new.field = 'identifier'
BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', new.page_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
