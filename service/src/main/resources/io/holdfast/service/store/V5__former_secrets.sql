-- The secret that a host or an account had before its present one, still good for a while: until the present one is
-- used, or until a time. The id is the host's or the account's.
CREATE TABLE former_secret (
    owner_id    BIGINT PRIMARY KEY,
    secret_hash ${octets} NOT NULL,
    good_until  BIGINT NOT NULL
);
