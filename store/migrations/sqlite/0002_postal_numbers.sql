-- Running numbers that stand in the postal codes of letters: a batch takes its own once and keeps them, so that a run that
-- was cut off prints the same codes again. The next batch's numbers begin where the last one's end.
CREATE TABLE postal_numbers (
    batch TEXT PRIMARY KEY,
    system TEXT NOT NULL,    -- each franking system counts for itself
    before INTEGER NOT NULL, -- what precedes the batch's first number
    count INTEGER NOT NULL
) STRICT;
CREATE INDEX postal_numbers_of_system ON postal_numbers (system, before, count);
