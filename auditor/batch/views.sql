-- The questions of every morning. `all_stories`, `all_findings` and `all_passages` hold every
-- revision; a story's latest outcome is the one with the highest sequence.

CREATE VIEW stories AS
SELECT * EXCLUDE (report) FROM all_stories
QUALIFY row_number() OVER (PARTITION BY key ORDER BY sequence DESC) = 1;

CREATE VIEW findings AS
SELECT f.*, s.outlet
FROM all_findings f JOIN stories s ON f.key = s.key AND f.sequence = s.sequence;

CREATE VIEW passages AS
SELECT p.* FROM all_passages p JOIN stories s ON p.key = s.key AND p.sequence = s.sequence;

CREATE VIEW worst AS
SELECT key, outlet, critical, major, minor, stable, preview, fidelity, coverage, segments, night
FROM stories
WHERE status IN ('audited', 'incomplete')
ORDER BY 25 * critical + 5 * major + minor DESC, fidelity ASC NULLS LAST, key;

CREATE VIEW rules_by_outlet AS
SELECT rule, coalesce(outlet, '') AS outlet, count(*) FILTER (tier = 'stable') AS stable,
       count(*) FILTER (tier = 'preview') AS preview, count(DISTINCT key) AS stories
FROM findings
GROUP BY ALL
ORDER BY stable DESC, preview DESC, rule, outlet;

-- A revision is a text: when it is audited again by other rules, it stays the same revision.
CREATE VIEW revisions AS
SELECT key, coalesce(content, digest) AS content, min(night) AS night,
       min(sequence) AS first_audit, max(sequence) AS last_audit,
       row_number() OVER (PARTITION BY key ORDER BY max(sequence)) AS number,
       row_number() OVER (PARTITION BY key ORDER BY max(sequence) DESC) = 1 AS latest
FROM all_stories
WHERE status IN ('audited', 'incomplete')
GROUP BY key, coalesce(content, digest);

-- What came with the text, and not with a rule that was added later: the first audit of the text
-- had it too, and the last audit of the text before had not.
CREATE VIEW drifted AS
SELECT f.key, f.document, f.rule, f.tier, f.severity, f.quote, f.message, f.repair, f.night,
       f.confidence, f.lang, f.start, f."end", f.number, f.fingerprint
FROM findings f
JOIN revisions r ON r.key = f.key AND r.last_audit = f.sequence
JOIN revisions o ON o.key = r.key AND o.number = r.number - 1
WHERE EXISTS (
    SELECT 1 FROM all_findings a
    WHERE a.key = f.key AND a.sequence = r.first_audit AND a.fingerprint = f.fingerprint
) AND NOT EXISTS (
    SELECT 1 FROM all_findings b
    WHERE b.key = f.key AND b.sequence = o.last_audit AND b.fingerprint = f.fingerprint
)
ORDER BY f.tier DESC, f.key, f.number;

CREATE VIEW mended AS
SELECT b.key, b.document, b.rule, b.tier, b.severity, b.quote, b.message, b.repair, b.night,
       b.confidence, b.lang, b.start, b."end", b.number, b.fingerprint
FROM all_findings b
JOIN revisions o ON o.key = b.key AND o.last_audit = b.sequence
JOIN revisions r ON r.key = o.key AND r.number = o.number + 1 AND r.latest
WHERE NOT EXISTS (
    SELECT 1 FROM all_findings a
    WHERE a.key = b.key AND a.sequence = r.first_audit AND a.fingerprint = b.fingerprint
)
ORDER BY b.tier DESC, b.key, b.number;

CREATE VIEW new_findings AS
SELECT f.key, f.document, f.rule, f.tier, f.severity, f.quote, f.message, f.repair, f.night,
       f.confidence, f.lang, f.start, f."end", f.number, f.fingerprint
FROM findings f
WHERE f.night = (SELECT max(night) FROM all_stories) AND NOT EXISTS (
    SELECT 1 FROM all_findings o
    WHERE o.key = f.key AND o.night < f.night AND o.fingerprint = f.fingerprint
)
ORDER BY f.tier DESC, f.key, f.number;

CREATE VIEW failed AS
SELECT key, status, reason, night, audited FROM stories
WHERE status IN ('failed', 'incomplete')
ORDER BY status, key;

-- What was found in a night, whatever was found later: the last outcome of each story in it.
CREATE VIEW night_stories AS
SELECT * EXCLUDE (report) FROM all_stories
QUALIFY row_number() OVER (PARTITION BY key, night ORDER BY sequence DESC) = 1;

CREATE VIEW night_findings AS
SELECT f.*, s.outlet
FROM all_findings f JOIN night_stories s ON f.key = s.key AND f.sequence = s.sequence;

CREATE VIEW nights AS
SELECT night, count(*) AS stories, count(*) FILTER (status = 'failed') AS failed,
       coalesce(sum(stable), 0) AS stable, coalesce(sum(preview), 0) AS preview,
       coalesce(sum(segments), 0) AS segments, coalesce(round(sum(cpu), 1), 0) AS cpu_seconds,
       round(1 - sum(encoder_cpu) / nullif(sum(cpu), 0), 3) AS outside_encoder
FROM night_stories
GROUP BY night
ORDER BY night;
