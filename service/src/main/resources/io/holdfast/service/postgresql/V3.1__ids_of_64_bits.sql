-- For PostgreSQL alone, where INTEGER has 32 bits.
ALTER TABLE host ALTER COLUMN id TYPE BIGINT;
ALTER TABLE history ALTER COLUMN id TYPE BIGINT;

-- One row that every commit writes: room for its next versions in the same page.
ALTER TABLE clock SET (fillfactor = 10, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
