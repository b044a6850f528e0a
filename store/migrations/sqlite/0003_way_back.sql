-- What becomes of a batch: where it was delivered, what the print house and the post report of its pieces, what was
-- printed again, and which addresses brought a letter back.

ALTER TABLE batches ADD COLUMN reprint_of   INTEGER REFERENCES batches (id);  -- of this batch's spoiled pieces
ALTER TABLE batches ADD COLUMN delivered_to TEXT;
ALTER TABLE batches ADD COLUMN delivered_at INTEGER;                          -- seconds since 1970-01-01T00:00:00Z

-- As with the run itself, what moves is written to the places, which lie in the order of the pieces, not to the letters.
ALTER TABLE places ADD COLUMN standing   INTEGER;                             -- jobs::State; NULL: Batched
ALTER TABLE places ADD COLUMN generation INTEGER;                             -- NULL: 1

-- The pieces of a reprint batch. Their numbers are those of the batch they were spoiled in.
CREATE TABLE reprinted (
    batch      INTEGER NOT NULL REFERENCES batches (id),
    place      INTEGER NOT NULL REFERENCES places (position),
    generation INTEGER NOT NULL,
    PRIMARY KEY (batch, place)
) STRICT, WITHOUT ROWID;

-- Everything that was ever reported, once: a file of results that is applied again finds itself here. `batch` is the one
-- that the pieces are numbered in.
CREATE TABLE reports (
    batch      INTEGER NOT NULL REFERENCES batches (id),
    piece      INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    report     INTEGER NOT NULL,            -- jobs::Report
    at         TEXT    NOT NULL,            -- as the print house gave it
    reason     TEXT    NOT NULL,
    PRIMARY KEY (batch, piece, generation, report)
) STRICT, WITHOUT ROWID;

-- Addresses that brought a letter back. Country and postal code find the letters that may go to one of them; the digest
-- of recipient and address says which do.
CREATE TABLE returned_addresses (
    digest      BLOB    PRIMARY KEY,
    country     TEXT    NOT NULL,
    postal_code TEXT    NOT NULL,
    letter      INTEGER NOT NULL REFERENCES letters (id),
    reason      TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

DROP VIEW standing;
CREATE VIEW standing AS
SELECT letters.id, letters.template, letters.due, letters.country, letters.postal_code, letters.place, letters.test,
       CASE WHEN letters.state <> 2 THEN letters.state
            WHEN places.standing IS NOT NULL THEN places.standing
            WHEN places.batch  IS NOT NULL THEN 3
            WHEN places.reason IS NOT NULL THEN 4
            ELSE 2 END AS state,
       places.run, places.batch, places.piece, places.reason
FROM letters LEFT JOIN places ON places.position = letters.place;
