-- What happened, in order: a row for each commit, numbered as clock.change_number counts. Events are octets (EventOctets);
-- of accounts, keys and zones they name which one it is, and the rows of those hold the rest.
CREATE TABLE log (
    number   ${number} PRIMARY KEY,
    at       BIGINT NOT NULL,
    position BIGINT NOT NULL, -- octets of all events ever written before this commit
    events   ${octets} NOT NULL
);
