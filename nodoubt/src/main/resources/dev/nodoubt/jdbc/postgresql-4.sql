-- nodoubt, version 4: cheaper inserts, the trace that a call belongs to, and what operators did.

-- Each index of the open calls costs every call, also the partial ones that do not take its row. One is left for the few
-- that are apart from those that wait: what ends without an attempt, and what a person asks for. Names of targets are
-- compared as bytes.
DROP INDEX nodoubt_call_due;
DROP INDEX nodoubt_call_deadline;
DROP INDEX nodoubt_call_ending;
DROP INDEX nodoubt_call_unresolved;
ALTER TABLE nodoubt_call ALTER COLUMN target TYPE text COLLATE "C";
CREATE INDEX nodoubt_call_due ON nodoubt_call (incarnation, target, priority DESC, next_at);
CREATE INDEX nodoubt_call_apart ON nodoubt_call (incarnation, target, call_key)
    WHERE cancelled OR refusal_status IS NOT NULL OR state IN ('handling', 'unresolved');

-- traceparent of the W3C's trace context at recording, and after a space its tracestate; NULL: none.
ALTER TABLE nodoubt_call ADD COLUMN trace text;

-- Targets that an operator paused: nothing is attempted there until the row is gone.
CREATE TABLE nodoubt_pause (
    target    text        PRIMARY KEY,
    paused_at timestamptz NOT NULL,
    actor     text        NOT NULL,                          -- who paused it
    reason    text        NOT NULL
);

-- What operators did, in the transaction in which it was done. Never changed, and deleted after 365 days by default.
CREATE TABLE nodoubt_audit (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    done_at  timestamptz NOT NULL,
    actor    text        NOT NULL,
    action   text        NOT NULL,                           -- attempt, ask, fence, cancel, pause, resume, settle, reveal
    target   text,
    call_key uuid,
    reason   text        NOT NULL                            -- in the operator's words; empty where none is asked for
);
CREATE INDEX nodoubt_audit_call ON nodoubt_audit (call_key, id) WHERE call_key IS NOT NULL;
CREATE INDEX nodoubt_audit_actor ON nodoubt_audit (actor, id);

-- Calls whose next step an operator wants at once. A row goes when that step was taken, or its call has ended.
CREATE TABLE nodoubt_hurry (
    call_key uuid    PRIMARY KEY,
    asks     boolean NOT NULL                                -- that step is to be a query
);

-- What an operator looks at first: who is in doubt for how long. A call that waits and is settled is never in it.
CREATE INDEX nodoubt_call_doubt ON nodoubt_call (state, doubt_since) WHERE state <> 'waiting';

-- Their rows are looked for by key in transactions whose plans are the application's, and a plan that was made when the
-- table had a few pages reads it from end to end; a connection keeps it while the table grows. Until vacuum or analyze
-- looks for the first time PostgreSQL assumes ten pages and takes the index, so neither looks before there are more.
ALTER TABLE nodoubt_gate SET (autovacuum_vacuum_threshold = 2000, autovacuum_analyze_threshold = 2000,
                              autovacuum_vacuum_insert_threshold = 2000);
ALTER TABLE nodoubt_reference SET (autovacuum_vacuum_threshold = 2000, autovacuum_analyze_threshold = 2000,
                                   autovacuum_vacuum_insert_threshold = 2000);
ALTER TABLE nodoubt_intent SET (autovacuum_vacuum_threshold = 2000, autovacuum_analyze_threshold = 2000,
                                autovacuum_vacuum_insert_threshold = 2000);
ALTER TABLE nodoubt_intent_content SET (autovacuum_vacuum_threshold = 2000, autovacuum_analyze_threshold = 2000,
                                        autovacuum_vacuum_insert_threshold = 2000);
