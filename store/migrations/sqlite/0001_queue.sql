-- The queue. Forward only: a released migration is never edited, the next change is the next file.
--
-- `letters` is narrow and holds what moves; `contents` is wide and is written once. A run places its letters on a line
-- in postal order (`places`) and writes there, in order, what became of each. Changing the letters themselves would
-- touch a random page per letter, because postal order is not the order of the queue.

CREATE TABLE templates (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- The names of merge fields that come together, as a JSON array; letters of one file share one row.
CREATE TABLE field_schemas (
    id    INTEGER PRIMARY KEY,
    names TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE letters (
    id          INTEGER PRIMARY KEY,
    digest      BLOB    NOT NULL UNIQUE,    -- the idempotency key's: half the size of a text index, any key length
    state       INTEGER NOT NULL,           -- jobs::State; while Claimed, the letter's place says more
    test        INTEGER NOT NULL,           -- never claimed by a run
    template    INTEGER NOT NULL REFERENCES templates (id),
    due         INTEGER NOT NULL,           -- days since 1970-01-01; 0: at once
    country     TEXT    NOT NULL,           -- alpha-2; empty: at home, sorts first
    postal_code TEXT    NOT NULL,
    place       INTEGER REFERENCES places (position)
) STRICT;
CREATE INDEX letters_waiting ON letters (due) WHERE state = 0 AND test = 0;

CREATE TABLE contents (
    letter INTEGER PRIMARY KEY REFERENCES letters (id),
    schema INTEGER NOT NULL REFERENCES field_schemas (id),
    key    TEXT NOT NULL,
    locale TEXT NOT NULL,
    body   BLOB NOT NULL                    -- store/letter_body.hpp
) STRICT;

CREATE TABLE runs (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,       -- 2026-11-22-1
    day      INTEGER NOT NULL,
    first    INTEGER NOT NULL,              -- its places: first, first + 1, ... first + letters - 1
    letters  INTEGER NOT NULL,
    finished INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX one_run_at_a_time ON runs (finished) WHERE finished = 0;

CREATE TABLE batches (
    id               INTEGER PRIMARY KEY,
    run              INTEGER NOT NULL REFERENCES runs (id),
    name             TEXT    NOT NULL UNIQUE,
    production_class TEXT    NOT NULL,
    folder           TEXT    NOT NULL,
    pieces           INTEGER NOT NULL,
    sheets           INTEGER NOT NULL,
    pages            INTEGER NOT NULL
) STRICT;

-- Positions count on from run to run. Neither batch nor reason: still to be done.
CREATE TABLE places (
    position INTEGER PRIMARY KEY,
    run      INTEGER NOT NULL REFERENCES runs (id),
    letter   INTEGER NOT NULL REFERENCES letters (id),
    template INTEGER NOT NULL REFERENCES templates (id),
    batch    INTEGER REFERENCES batches (id),
    piece    INTEGER,
    reason   TEXT                           -- why the letter was rejected
) STRICT;

-- A letter as people see it: its state, and where its place is.
CREATE VIEW standing AS
SELECT letters.id, letters.template, letters.due, letters.country, letters.postal_code, letters.place, letters.test,
       CASE WHEN letters.state <> 2 THEN letters.state
            WHEN places.batch  IS NOT NULL THEN 3
            WHEN places.reason IS NOT NULL THEN 4
            ELSE 2 END AS state,
       places.run, places.batch, places.piece, places.reason
FROM letters LEFT JOIN places ON places.position = letters.place;
