-- nodoubt, version 2: retention, quotas and foreign keys at the gate.

-- The old name is a reserved word elsewhere.
ALTER TABLE nodoubt_gate RENAME COLUMN key TO idempotency_key;

-- NULL: a foreign key that came without its time. Its row is never purged.
ALTER TABLE nodoubt_gate ALTER COLUMN key_time DROP NOT NULL;

-- What the purge asks for.
CREATE INDEX nodoubt_gate_key_time ON nodoubt_gate (key_time);

-- Exactly one row, from the beginning. The horizon only ever rises; nothing was purged at the epoch.
INSERT INTO nodoubt_horizon (key_time) VALUES (TIMESTAMPTZ '1970-01-01 00:00:00Z') ON CONFLICT DO NOTHING;
ALTER TABLE nodoubt_horizon
    ADD COLUMN bodies_until timestamptz NOT NULL DEFAULT TIMESTAMPTZ '1970-01-01 00:00:00Z',  -- bodies of older keys are erased
    ADD COLUMN incarnation  bigint      NOT NULL DEFAULT 1;                                  -- raised after a restore

-- How many rows each caller has, for quotas: written in the background, so near the truth and not always at it.
CREATE TABLE nodoubt_usage (
    scope      text COLLATE "C" PRIMARY KEY,
    recorded   bigint NOT NULL,  -- all rows, tombstones included
    tombstones bigint NOT NULL
);
INSERT INTO nodoubt_usage (scope, recorded, tombstones)
SELECT scope, count(*), count(*) FILTER (WHERE state = 'FENCED') FROM nodoubt_gate GROUP BY scope;
