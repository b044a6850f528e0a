-- A run's units: letters that follow on each other in its frozen order, and the batches that are made of them and of no
-- others. Each is done by one process at a time, which holds a lease on it.

CREATE TABLE units (
    run      INTEGER NOT NULL REFERENCES runs (id),
    unit     INTEGER NOT NULL,              -- from 1; 0: the whole run, whose batches are named without a unit
    first    INTEGER NOT NULL,              -- its places: first, first + 1, … first + letters - 1
    letters  INTEGER NOT NULL,
    fence    INTEGER NOT NULL DEFAULT 0,    -- grows with each claim: whoever holds an older one may write nothing any more
    holder   TEXT    NOT NULL DEFAULT '',
    until    INTEGER NOT NULL DEFAULT 0,    -- seconds since 1970-01-01T00:00:00Z; later, the unit is anybody's
    finished INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (run, unit)
) STRICT, WITHOUT ROWID;
INSERT INTO units (run, unit, first, letters) SELECT id, 0, first, letters FROM runs WHERE finished = 0;

ALTER TABLE batches ADD COLUMN unit INTEGER NOT NULL DEFAULT 0;
