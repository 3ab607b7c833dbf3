-- History in the order it happened, of all hosts together: an update of one host among a million writes at the end of
-- this table and nowhere else. An entry says all that its host was from then on; the host's own row may be older, and
-- is brought up to it when there is time (clock.settled).
ALTER TABLE history RENAME TO history_before;

CREATE TABLE history (
    id                INTEGER PRIMARY KEY, -- rises with time; from the same numbers as every other id
    host_id           BIGINT NOT NULL,
    previous          BIGINT NOT NULL, -- the entry of this host before; 0, or one that is gone: no more are kept
    number            BIGINT NOT NULL, -- counted for each host from 0
    change_number     BIGINT NOT NULL,
    at                BIGINT NOT NULL,
    ipv4_before       TEXT,
    ipv6_before       TEXT,
    source            TEXT NOT NULL,
    agent             TEXT NOT NULL,
    front             TEXT NOT NULL,
    answered          TEXT NOT NULL,
    -- what the host was from then on, as in its own row
    ttl               INTEGER,
    ipv4              TEXT,
    ipv6              TEXT,
    unchanged_full_at BIGINT NOT NULL,
    changed_full_at   BIGINT NOT NULL,
    block_cause       TEXT,
    blocked_at        BIGINT,
    blocked_until     BIGINT,
    blocks            INTEGER NOT NULL,
    last_change_at    BIGINT,
    last_repeat_at    BIGINT,
    last_contact_at   BIGINT,
    changes           BIGINT NOT NULL,
    repeats           BIGINT NOT NULL,
    refusals          BIGINT NOT NULL
);

INSERT INTO history
SELECT
    id, host_id, coalesce(lag(id) OVER (PARTITION BY host_id ORDER BY number), 0), number, change_number, at,
    ipv4_before, ipv6_before, source, agent, front, answered,
    NULL, ipv4_after, ipv6_after, 0, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, 0, 0, 0
FROM (
    SELECT
        history_before.*,
        (SELECT last_id FROM clock) + row_number() OVER (ORDER BY change_number, host_id, number) AS id
    FROM history_before
) AS numbered;

DROP TABLE history_before;

-- All entries up to this one are in the rows of their hosts.
ALTER TABLE clock ADD COLUMN settled BIGINT NOT NULL DEFAULT 0;

UPDATE clock SET
    last_id = coalesce((SELECT max(id) FROM history), last_id),
    settled = coalesce((SELECT max(id) FROM history), last_id);

-- The newest entry that is in the row; 0: none.
ALTER TABLE host ADD COLUMN last_entry BIGINT NOT NULL DEFAULT 0;

CREATE INDEX history_of_host ON history (host_id);

UPDATE host SET last_entry = coalesce((SELECT max(id) FROM history WHERE host_id = host.id), 0);

DROP INDEX history_of_host;
