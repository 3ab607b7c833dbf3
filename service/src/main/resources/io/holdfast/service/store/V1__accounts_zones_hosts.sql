-- One text for SQLite and PostgreSQL; what they spell differently is a placeholder:
--   ${octets}     the type of byte strings
--   ${clustered}  keeps a table in the order of its primary key, where that can be said
-- Times are milliseconds since 1970 UTC. Names are lower case, without the last dot.

-- One row. change_number counts commits, without gaps; last_id is the highest id given to anything.
CREATE TABLE clock (
    only_row      INTEGER PRIMARY KEY CHECK (only_row = 1),
    change_number BIGINT NOT NULL,
    last_id       BIGINT NOT NULL
);

INSERT INTO clock (only_row, change_number, last_id) VALUES (1, 0, 0);

CREATE TABLE account (
    id              BIGINT PRIMARY KEY,
    name            TEXT NOT NULL UNIQUE,
    email           TEXT,
    update_key_hash ${octets} NOT NULL
);

CREATE TABLE zone (
    apex              TEXT PRIMARY KEY,
    serial            BIGINT NOT NULL,
    nameservers       TEXT NOT NULL, -- separated by blanks
    ttl               INTEGER NOT NULL, -- seconds
    accept            TEXT NOT NULL,
    unchanged_allowed INTEGER NOT NULL,
    unchanged_grace   BIGINT NOT NULL, -- milliseconds
    changed_allowed   INTEGER NOT NULL,
    records_file      TEXT -- where the records are read from at each start; NULL: nowhere
);

-- The operator's own records. Data as on the wire (RFC 1035 section 3.2.1), names uncompressed.
CREATE TABLE record (
    apex     TEXT NOT NULL REFERENCES zone (apex),
    position INTEGER NOT NULL,
    owner    TEXT NOT NULL,
    type     INTEGER NOT NULL,
    ttl      INTEGER NOT NULL,
    data     ${octets} NOT NULL,
    PRIMARY KEY (apex, position)
) ${clustered};

CREATE TABLE host (
    id                INTEGER PRIMARY KEY,
    name              TEXT NOT NULL UNIQUE,
    account_id        BIGINT NOT NULL REFERENCES account (id),
    secret_hash       ${octets} NOT NULL,
    added_at          BIGINT NOT NULL,
    ttl               INTEGER, -- seconds; NULL: as the zone says
    ipv4              TEXT,
    ipv6              TEXT,
    unchanged_full_at BIGINT NOT NULL, -- when the bucket of needless updates is full again
    changed_full_at   BIGINT NOT NULL, -- when the bucket of changes is full again
    block_cause       TEXT,
    blocked_at        BIGINT,
    blocked_until     BIGINT, -- NULL in a block: until the operator ends it
    blocks            INTEGER NOT NULL,
    last_change_at    BIGINT,
    last_repeat_at    BIGINT,
    last_contact_at   BIGINT,
    changes           BIGINT NOT NULL,
    repeats           BIGINT NOT NULL,
    refusals          BIGINT NOT NULL,
    history_length    BIGINT NOT NULL -- entries ever written
);

-- A ring for each host: entry n stands in slot n modulo the number of entries kept.
CREATE TABLE history (
    host_id       BIGINT NOT NULL,
    slot          INTEGER NOT NULL,
    number        BIGINT NOT NULL,
    change_number BIGINT NOT NULL,
    at            BIGINT NOT NULL,
    ipv4_before   TEXT,
    ipv6_before   TEXT,
    ipv4_after    TEXT,
    ipv6_after    TEXT,
    source        TEXT NOT NULL,
    agent         TEXT NOT NULL,
    front         TEXT NOT NULL,
    answered      TEXT NOT NULL,
    PRIMARY KEY (host_id, slot)
) ${clustered};
