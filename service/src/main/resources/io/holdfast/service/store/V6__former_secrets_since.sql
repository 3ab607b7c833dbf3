-- When the secret got its successor: it is good no longer than from then until good_until, also by a clock that is set back. Of those that are there
-- already it is not known; 90 days is the longest there is.
ALTER TABLE former_secret ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
UPDATE former_secret SET since = good_until - 7776000000;
