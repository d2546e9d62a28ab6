-- A person's titles over time: what pages call them, on behalf of which body, and when that was first and last seen.
CREATE VIEW contact_roles AS
SELECT
    facts.contact_id,
    facts.value AS title,
    contacts.organisation_id,
    facts.page_id,
    min(page_versions.seen_at) AS first_seen,
    max(page_versions.last_seen) AS last_seen,
    max(page_versions.id = pages.current_version_id) AS is_current
FROM facts
JOIN page_versions ON page_versions.id = facts.page_version_id
JOIN pages ON pages.id = facts.page_id
JOIN contacts ON contacts.id = facts.contact_id
WHERE facts.field = 'contact.title'
GROUP BY facts.contact_id, facts.value, facts.page_id;
