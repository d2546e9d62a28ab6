-- What the end of a run looks at is what the run touched or what is due, not the whole archive. Documents of the search index that may
-- have changed wait in `index_queue` ('page' stands for attachments, too); `changes` grows with each, so that none is lost that comes
-- while the document is indexed. It is derived: an index that was never compared by the rules of today is compared as a whole.

CREATE TABLE index_queue (
    type TEXT NOT NULL CHECK (type IN ('page', 'project', 'call', 'award', 'organisation')),
    key TEXT NOT NULL,
    changes INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (type, key)
) WITHOUT ROWID;

CREATE TRIGGER index_page_added AFTER INSERT ON pages BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', new.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_page_changed AFTER UPDATE OF kind, title, url, lang, source_id, parent_id, gone_at, current_version_id ON pages
WHEN (new.kind, new.title, new.url, new.lang, new.source_id, new.parent_id, new.gone_at, new.current_version_id)
    IS NOT (old.kind, old.title, old.url, old.lang, old.source_id, old.parent_id, old.gone_at, old.current_version_id)
BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', new.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
    INSERT INTO index_queue (type, key)
        SELECT 'project', project_id FROM project_pages WHERE page_id = new.id
        UNION ALL SELECT 'call', call_id FROM call_pages WHERE page_id = new.id
        UNION ALL SELECT 'award', award_id FROM award_pages WHERE page_id = new.id
        ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_page_lost AFTER DELETE ON pages BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', old.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_version_changed AFTER UPDATE OF seen_at ON page_versions BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', new.page_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_fact_added AFTER INSERT ON facts WHEN new.field IN ('start', 'end', 'opens', 'closes', 'published', 'updated', 'identifier') BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', new.page_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_fact_lost AFTER DELETE ON facts WHEN old.field IN ('start', 'end', 'opens', 'closes', 'published', 'updated', 'identifier') BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', old.page_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_fact_changed AFTER UPDATE OF value ON facts WHEN new.field IN ('start', 'end', 'opens', 'closes', 'published', 'updated', 'identifier') BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', new.page_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_participation_added AFTER INSERT ON participations BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', new.page_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
    INSERT INTO index_queue (type, key)
        SELECT type, key FROM (SELECT 'project' AS type, new.project_id AS key UNION ALL SELECT 'call', new.call_id UNION ALL SELECT 'award', new.award_id)
        WHERE key IS NOT NULL ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_participation_lost AFTER DELETE ON participations BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', old.page_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
    INSERT INTO index_queue (type, key)
        SELECT type, key FROM (SELECT 'project' AS type, old.project_id AS key UNION ALL SELECT 'call', old.call_id UNION ALL SELECT 'award', old.award_id)
        WHERE key IS NOT NULL ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_participation_changed AFTER UPDATE ON participations BEGIN
    INSERT INTO index_queue (type, key) VALUES ('page', old.page_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
    INSERT INTO index_queue (type, key)
        SELECT type, key FROM (SELECT 'project' AS type, old.project_id AS key UNION ALL SELECT 'call', old.call_id UNION ALL SELECT 'award', old.award_id)
        WHERE key IS NOT NULL ON CONFLICT DO UPDATE SET changes = changes + 1;
    INSERT INTO index_queue (type, key) VALUES ('page', new.page_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
    INSERT INTO index_queue (type, key)
        SELECT type, key FROM (SELECT 'project' AS type, new.project_id AS key UNION ALL SELECT 'call', new.call_id UNION ALL SELECT 'award', new.award_id)
        WHERE key IS NOT NULL ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_identifier_added AFTER INSERT ON identifiers BEGIN
    INSERT INTO index_queue (type, key)
        SELECT type, key FROM (SELECT 'project' AS type, new.project_id AS key UNION ALL SELECT 'call', new.call_id UNION ALL SELECT 'award', new.award_id)
        WHERE key IS NOT NULL ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_identifier_lost AFTER DELETE ON identifiers BEGIN
    INSERT INTO index_queue (type, key)
        SELECT type, key FROM (SELECT 'project' AS type, old.project_id AS key UNION ALL SELECT 'call', old.call_id UNION ALL SELECT 'award', old.award_id)
        WHERE key IS NOT NULL ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_identifier_changed AFTER UPDATE ON identifiers BEGIN
    INSERT INTO index_queue (type, key)
        SELECT type, key FROM (SELECT 'project' AS type, old.project_id AS key UNION ALL SELECT 'call', old.call_id UNION ALL SELECT 'award', old.award_id)
        WHERE key IS NOT NULL ON CONFLICT DO UPDATE SET changes = changes + 1;
    INSERT INTO index_queue (type, key)
        SELECT type, key FROM (SELECT 'project' AS type, new.project_id AS key UNION ALL SELECT 'call', new.call_id UNION ALL SELECT 'award', new.award_id)
        WHERE key IS NOT NULL ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_project_page_added AFTER INSERT ON project_pages BEGIN
    INSERT INTO index_queue (type, key) VALUES ('project', new.project_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_project_page_lost AFTER DELETE ON project_pages BEGIN
    INSERT INTO index_queue (type, key) VALUES ('project', old.project_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_project_page_changed AFTER UPDATE ON project_pages BEGIN
    INSERT INTO index_queue (type, key) VALUES ('project', old.project_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
    INSERT INTO index_queue (type, key) VALUES ('project', new.project_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_project_added AFTER INSERT ON projects BEGIN
    INSERT INTO index_queue (type, key) VALUES ('project', new.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_project_lost AFTER DELETE ON projects BEGIN
    INSERT INTO index_queue (type, key) VALUES ('project', old.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_project_changed AFTER UPDATE ON projects BEGIN
    INSERT INTO index_queue (type, key) VALUES ('project', new.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_call_page_added AFTER INSERT ON call_pages BEGIN
    INSERT INTO index_queue (type, key) VALUES ('call', new.call_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_call_page_lost AFTER DELETE ON call_pages BEGIN
    INSERT INTO index_queue (type, key) VALUES ('call', old.call_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_call_page_changed AFTER UPDATE ON call_pages BEGIN
    INSERT INTO index_queue (type, key) VALUES ('call', old.call_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
    INSERT INTO index_queue (type, key) VALUES ('call', new.call_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_call_added AFTER INSERT ON calls BEGIN
    INSERT INTO index_queue (type, key) VALUES ('call', new.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_call_lost AFTER DELETE ON calls BEGIN
    INSERT INTO index_queue (type, key) VALUES ('call', old.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_call_changed AFTER UPDATE ON calls BEGIN
    INSERT INTO index_queue (type, key) VALUES ('call', new.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_award_page_added AFTER INSERT ON award_pages BEGIN
    INSERT INTO index_queue (type, key) VALUES ('award', new.award_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_award_page_lost AFTER DELETE ON award_pages BEGIN
    INSERT INTO index_queue (type, key) VALUES ('award', old.award_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_award_page_changed AFTER UPDATE ON award_pages BEGIN
    INSERT INTO index_queue (type, key) VALUES ('award', old.award_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
    INSERT INTO index_queue (type, key) VALUES ('award', new.award_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_award_added AFTER INSERT ON awards BEGIN
    INSERT INTO index_queue (type, key) VALUES ('award', new.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_award_lost AFTER DELETE ON awards BEGIN
    INSERT INTO index_queue (type, key) VALUES ('award', old.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_award_changed AFTER UPDATE ON awards BEGIN
    INSERT INTO index_queue (type, key) VALUES ('award', new.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_body_added AFTER INSERT ON organisations BEGIN
    INSERT INTO index_queue (type, key) VALUES ('organisation', new.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_body_lost AFTER DELETE ON organisations BEGIN
    INSERT INTO index_queue (type, key) VALUES ('organisation', old.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_body_seen AFTER UPDATE OF last_seen ON organisations WHEN substr(new.last_seen, 1, 10) <> substr(old.last_seen, 1, 10) BEGIN
    INSERT INTO index_queue (type, key) VALUES ('organisation', new.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_body_changed AFTER UPDATE OF name, register_id ON organisations WHEN (new.name, new.register_id) IS NOT (old.name, old.register_id) BEGIN
    INSERT INTO index_queue (type, key) VALUES ('organisation', new.id) ON CONFLICT DO UPDATE SET changes = changes + 1;
    INSERT INTO index_queue (type, key)
        SELECT 'page', page_id FROM participations WHERE organisation_id = new.id
        UNION ALL SELECT 'project', project_id FROM participations WHERE organisation_id = new.id AND project_id IS NOT NULL
        UNION ALL SELECT 'call', call_id FROM participations WHERE organisation_id = new.id AND call_id IS NOT NULL
        UNION ALL SELECT 'award', award_id FROM participations WHERE organisation_id = new.id AND award_id IS NOT NULL
        ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_name_added AFTER INSERT ON organisation_names BEGIN
    INSERT INTO index_queue (type, key) VALUES ('organisation', new.organisation_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_name_lost AFTER DELETE ON organisation_names BEGIN
    INSERT INTO index_queue (type, key) VALUES ('organisation', old.organisation_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER index_name_changed AFTER UPDATE ON organisation_names BEGIN
    INSERT INTO index_queue (type, key) VALUES ('organisation', old.organisation_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
    INSERT INTO index_queue (type, key) VALUES ('organisation', new.organisation_id) ON CONFLICT DO UPDATE SET changes = changes + 1;
END;

-- Contacts that expire, and calls about to close, are found without a look at all the others.
CREATE INDEX contacts_last_seen ON contacts (last_seen);
CREATE INDEX facts_closes ON facts (value) WHERE field = 'closes';
