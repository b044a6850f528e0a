-- As SQLite's 0005.

CREATE TABLE units (
    run      bigint   NOT NULL REFERENCES runs (id),
    unit     bigint   NOT NULL,
    first    bigint   NOT NULL,
    letters  bigint   NOT NULL,
    fence    bigint   NOT NULL DEFAULT 0,
    holder   text COLLATE "C" NOT NULL DEFAULT '',
    until    bigint   NOT NULL DEFAULT 0,
    finished smallint NOT NULL DEFAULT 0,
    PRIMARY KEY (run, unit)
);
INSERT INTO units (run, unit, first, letters) SELECT id, 0, first, letters FROM runs WHERE finished = 0;

ALTER TABLE batches ADD COLUMN unit bigint NOT NULL DEFAULT 0;
