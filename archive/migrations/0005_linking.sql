-- What linking has to look at again, and what it remembers, so that a changed page costs what its own group costs.
-- All of it is derived: `pipelines.link` makes it again from the other tables.

-- Pages that changed since they were linked; ``is_changed`` is 0 where they were only seen again.
CREATE TABLE link_queue (
    page_id TEXT PRIMARY KEY,
    is_changed INTEGER NOT NULL
) WITHOUT ROWID;

-- Contacts that lost facts (they were erased).
CREATE TABLE link_losses (contact_id TEXT PRIMARY KEY) WITHOUT ROWID;

-- Every name that pages give an organisation, once; ``scope`` is the page where the name means a body there only.
CREATE TABLE link_names (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    register_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    is_settled INTEGER NOT NULL,
    organisation_id TEXT,
    owner_id TEXT,
    UNIQUE (name, register_id, scope)
);
CREATE INDEX link_names_organisation ON link_names (organisation_id) WHERE NOT is_settled;
CREATE INDEX link_names_owner ON link_names (owner_id) WHERE owner_id IS NOT NULL;

-- Names without a common token are never joined (`normalise.resolution_tokens`).
CREATE TABLE link_name_tokens (
    token INTEGER NOT NULL,
    name_id INTEGER NOT NULL,
    PRIMARY KEY (token, name_id)
) WITHOUT ROWID;

-- Short and written-out names side by side on a page.
CREATE TABLE link_name_pairs (
    page_id TEXT NOT NULL,
    habit TEXT NOT NULL,
    short_id INTEGER NOT NULL,
    long_id INTEGER NOT NULL,
    PRIMARY KEY (page_id, habit, short_id, long_id)
) WITHOUT ROWID;
CREATE INDEX link_name_pairs_short ON link_name_pairs (short_id);
CREATE INDEX link_name_pairs_long ON link_name_pairs (long_id);

-- Keys of pages: those that share one are compared (blocking).
CREATE TABLE link_blocks (
    key INTEGER NOT NULL,
    page_id TEXT NOT NULL,
    PRIMARY KEY (key, page_id)
) WITHOUT ROWID;
CREATE INDEX link_blocks_page ON link_blocks (page_id);

-- Digests of the names and addresses of contacts, and the pages that give them.
CREATE TABLE link_people (
    token INTEGER NOT NULL,
    page_id TEXT NOT NULL,
    PRIMARY KEY (token, page_id)
) WITHOUT ROWID;
CREATE INDEX link_people_page ON link_people (page_id);

-- Mail addresses (their digests) with the first name that stands with each; ``is_shared``: other names do, too.
CREATE TABLE link_mailboxes (
    token INTEGER PRIMARY KEY,
    name_token INTEGER NOT NULL,
    is_shared INTEGER NOT NULL
);

-- Names of projects, calls and awards as they are looked for in texts.
CREATE TABLE link_titles (
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    PRIMARY KEY (name, kind, entity_id)
) WITHOUT ROWID;
CREATE INDEX link_titles_entity ON link_titles (entity_id);

-- Pages whose current text the search index did not hold yet when they were linked.
CREATE TABLE link_unindexed (page_id TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TRIGGER link_version_added AFTER INSERT ON page_versions BEGIN
    INSERT INTO link_queue VALUES (new.page_id, 1) ON CONFLICT (page_id) DO UPDATE SET is_changed = 1;
END;
CREATE TRIGGER link_version_changed AFTER UPDATE OF seen_at, kind, title, text, record ON page_versions BEGIN
    INSERT INTO link_queue VALUES (new.page_id, 1) ON CONFLICT (page_id) DO UPDATE SET is_changed = 1;
END;
CREATE TRIGGER link_version_seen AFTER UPDATE OF last_seen ON page_versions WHEN new.last_seen <> old.last_seen BEGIN
    INSERT INTO link_queue VALUES (new.page_id, 0) ON CONFLICT (page_id) DO NOTHING;
END;
CREATE TRIGGER link_page_changed AFTER UPDATE OF kind, title, source_id, parent_id, first_seen, gone_at, current_version_id
ON pages WHEN (new.kind, new.title, new.source_id, new.parent_id, new.first_seen, new.gone_at, new.current_version_id)
    IS NOT (old.kind, old.title, old.source_id, old.parent_id, old.first_seen, old.gone_at, old.current_version_id)
BEGIN
    INSERT INTO link_queue VALUES (new.id, 1) ON CONFLICT (page_id) DO UPDATE SET is_changed = 1;
END;
CREATE TRIGGER link_page_seen AFTER UPDATE OF last_seen ON pages WHEN new.last_seen <> old.last_seen BEGIN
    INSERT INTO link_queue VALUES (new.id, 0) ON CONFLICT (page_id) DO NOTHING;
END;
CREATE TRIGGER link_alternate_added AFTER INSERT ON page_alternates BEGIN
    INSERT INTO link_queue VALUES (new.page_id, 1) ON CONFLICT (page_id) DO UPDATE SET is_changed = 1;
END;
-- What a body or a page lost may have held others together: all is linked anew.
CREATE TRIGGER link_page_lost AFTER DELETE ON pages BEGIN
    DELETE FROM meta WHERE key = 'linked_by';
END;
CREATE TRIGGER link_alternate_lost AFTER DELETE ON page_alternates BEGIN
    DELETE FROM meta WHERE key = 'linked_by';
END;
CREATE TRIGGER link_body_lost AFTER DELETE ON facts WHEN old.organisation_id IS NOT NULL BEGIN
    DELETE FROM meta WHERE key = 'linked_by';
END;
CREATE TRIGGER link_value_changed AFTER UPDATE OF value ON facts WHEN new.value <> old.value BEGIN
    DELETE FROM meta WHERE key = 'linked_by';
END;
-- Contacts expire often, and lose their facts one person at a time.
CREATE TRIGGER link_contact_lost AFTER DELETE ON facts WHEN old.contact_id IS NOT NULL BEGIN
    INSERT OR IGNORE INTO link_losses VALUES (old.contact_id);
    INSERT INTO link_queue VALUES (old.page_id, 1) ON CONFLICT (page_id) DO UPDATE SET is_changed = 1;
END;

CREATE INDEX captures_via ON captures (via) WHERE via IS NOT NULL;
