-- Where a zone comes from, and so what takes it away: FILE (the configuration; the zone leaves with its description),
-- COMMAND_LINE or COMMAND (it stays until a command removes it).
--
-- Of the zones that are here already it is not known. One whose records are read from a file was described in the
-- configuration: nothing else names such a file. Of any other nothing is taken away on a guess; it becomes FILE when the
-- configuration describes it at the next start.
ALTER TABLE zone ADD COLUMN origin TEXT NOT NULL DEFAULT 'COMMAND_LINE';

UPDATE zone SET origin = 'FILE' WHERE records_file IS NOT NULL;
