-- Where pages went that live on under another address: their texts stay theirs, and are the earlier history of the other.
CREATE TABLE page_moves (
    page_id TEXT PRIMARY KEY REFERENCES pages (id),
    moved_to_id TEXT NOT NULL REFERENCES pages (id),
    how TEXT NOT NULL CHECK (how IN ('redirect', 'same text')),
    moved_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX page_moves_to ON page_moves (moved_to_id);

-- A page that comes up elsewhere is known by its text; a dozen digits tell texts apart well enough to look closer.
CREATE INDEX page_versions_text ON page_versions (substr(text_digest, 1, 12));

CREATE TRIGGER link_move_added AFTER INSERT ON page_moves BEGIN
    INSERT INTO link_queue VALUES (new.page_id, 1) ON CONFLICT (page_id) DO UPDATE SET is_changed = 1;
END;
CREATE TRIGGER link_move_lost AFTER DELETE ON page_moves BEGIN
    INSERT INTO link_queue VALUES (old.page_id, 1) ON CONFLICT (page_id) DO UPDATE SET is_changed = 1;
END;
