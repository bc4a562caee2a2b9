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

-- The revision before the latest one: another digest, audited.
CREATE VIEW revisions AS
SELECT key, sequence, digest, night,
       lag(sequence) OVER (PARTITION BY key ORDER BY sequence) AS before
FROM all_stories
WHERE status IN ('audited', 'incomplete');

CREATE VIEW drifted AS
SELECT f.* FROM findings f JOIN revisions r ON f.key = r.key AND f.sequence = r.sequence
WHERE r.before IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM all_findings o
    WHERE o.key = f.key AND o.sequence = r.before AND o.fingerprint = f.fingerprint
)
ORDER BY f.key, f.number;

CREATE VIEW new_findings AS
SELECT f.* FROM findings f
WHERE f.night = (SELECT max(night) FROM all_stories) AND NOT EXISTS (
    SELECT 1 FROM all_findings o
    WHERE o.key = f.key AND o.night < f.night AND o.fingerprint = f.fingerprint
)
ORDER BY f.key, f.number;

CREATE VIEW failed AS
SELECT key, status, reason, night, audited FROM stories
WHERE status IN ('failed', 'incomplete')
ORDER BY status, key;

CREATE VIEW nights AS
SELECT night, count(*) AS stories, count(*) FILTER (status = 'failed') AS failed,
       sum(stable) AS stable, sum(preview) AS preview, sum(segments) AS segments,
       round(sum(cpu), 1) AS cpu_seconds,
       round(1 - sum(encoder_cpu) / nullif(sum(cpu), 0), 3) AS outside_encoder
FROM all_stories
GROUP BY night
ORDER BY night;
