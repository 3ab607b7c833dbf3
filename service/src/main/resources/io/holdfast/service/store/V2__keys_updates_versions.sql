-- TSIG keys. Their secrets stand here as they are: a keyed hash cannot be checked with less.
CREATE TABLE tsig_key (
    name      TEXT PRIMARY KEY,
    algorithm TEXT NOT NULL,
    secret    ${octets} NOT NULL,
    grants    TEXT NOT NULL -- what it may change, one a line: scope, name, types
);

-- Records that dynamic updates put, one row an RRset. They stand in place of the operator's records of the
-- same owner and type; one without data says that those are gone.
CREATE TABLE dynamic_record (
    apex  TEXT NOT NULL REFERENCES zone (apex),
    owner TEXT NOT NULL,
    type  INTEGER NOT NULL,
    ttl   INTEGER NOT NULL,
    data  ${octets} NOT NULL, -- for each record its length in two octets and its data
    PRIMARY KEY (apex, owner, type)
) ${clustered};

-- The latest versions of each zone, as steps from one to the next, for incremental transfers.
CREATE TABLE zone_version (
    apex          TEXT NOT NULL REFERENCES zone (apex),
    change_number BIGINT NOT NULL,
    delta         ${octets} NOT NULL,
    PRIMARY KEY (apex, change_number)
) ${clustered};
