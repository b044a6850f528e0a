-- What a letter asks for, why it stands where it stands, and the log of what happened.

ALTER TABLE letters ADD COLUMN priority INTEGER NOT NULL DEFAULT 5;           -- 0 to 9; 9 is placed first
ALTER TABLE letters ADD COLUMN deadline INTEGER NOT NULL DEFAULT 0;           -- days; 0: none
CREATE INDEX letters_apart    ON letters (state) WHERE state <> 0 AND state <> 2;  -- held, late, cancelled: few, and asked for
CREATE INDEX letters_deadline ON letters (deadline) WHERE state = 0 AND deadline > 0;

ALTER TABLE places  ADD COLUMN reason_code INTEGER;                           -- jobs::Reason, of `reason`
-- Where a batch's pieces begin and end among the places; NULL: in a batch from before this column.
ALTER TABLE batches ADD COLUMN first_place INTEGER;
ALTER TABLE batches ADD COLUMN last_place  INTEGER;
ALTER TABLE reports ADD COLUMN event INTEGER;                                 -- the line that brought it

-- Lines are only ever added. One tells of the letters `first` to `last`; where they are 0, of a batch's, and where that is 0
-- too, of a run's: a run of a million letters writes as many lines as it has batches, and a few more.
CREATE TABLE events (
    number  INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,               -- seconds since 1970-01-01T00:00:00Z
    event   INTEGER NOT NULL,               -- jobs::Event
    first   INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    run     INTEGER NOT NULL,
    batch   INTEGER NOT NULL,
    letters INTEGER NOT NULL,
    reason  INTEGER NOT NULL,               -- jobs::Reason
    words   TEXT    NOT NULL
) STRICT;
CREATE INDEX events_of_letters ON events (first) WHERE first > 0;
CREATE INDEX events_of_groups  ON events (run, batch) WHERE first = 0;

DROP VIEW standing;
CREATE VIEW standing AS
SELECT letters.id, letters.state AS stored, letters.template, letters.due, letters.deadline, letters.priority, letters.country,
       letters.postal_code, letters.place, letters.test,
       CASE WHEN letters.state <> 2 THEN letters.state
            WHEN places.standing IS NOT NULL THEN places.standing
            WHEN places.batch  IS NOT NULL THEN CASE WHEN batches.delivered_at IS NULL THEN 3 ELSE 14 END
            WHEN places.reason IS NOT NULL THEN 4
            ELSE 2 END AS state,
       places.run, places.batch, places.piece, places.reason, places.reason_code
FROM letters LEFT JOIN places ON places.position = letters.place LEFT JOIN batches ON batches.id = places.batch;
