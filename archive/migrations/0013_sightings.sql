-- The page of a value is that of its version, so that the sightings of one page are found by the index of versions.
DROP VIEW fact_sightings;
CREATE VIEW fact_sightings AS
SELECT
    page_versions.page_id,
    facts.field,
    facts.value,
    facts.role,
    min(page_versions.seen_at) AS first_seen,
    max(page_versions.last_seen) AS last_seen,
    max(page_versions.id = pages.current_version_id) AS is_current
FROM page_versions
JOIN facts ON facts.page_version_id = page_versions.id
JOIN pages ON pages.id = page_versions.page_id
GROUP BY page_versions.page_id, facts.field, facts.value, facts.role;
