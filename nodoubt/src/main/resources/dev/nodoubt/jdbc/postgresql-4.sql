-- nodoubt, version 4: the trace that a call belongs to, and what operators did.

-- traceparent of the W3C's trace context at recording, and after a space its tracestate; NULL: none.
ALTER TABLE nodoubt_call ADD COLUMN trace text;

-- Targets that an operator paused: nothing is attempted there until the row is gone.
CREATE TABLE nodoubt_pause (
    target    text        PRIMARY KEY,
    paused_at timestamptz NOT NULL,
    actor     text        NOT NULL,                          -- who paused it
    reason    text        NOT NULL
);

-- What operators did, in the transaction in which it was done. Append-only.
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

-- Calls whose next step an operator wants at once: its holder takes the row when it has read it.
CREATE TABLE nodoubt_hurry (
    call_key uuid    PRIMARY KEY,
    asks     boolean NOT NULL                                -- that step is to be a query
);

-- What an operator looks at first: who is in doubt for how long. A call that waits and is settled is never in it.
CREATE INDEX nodoubt_call_doubt ON nodoubt_call (state, doubt_since) WHERE state <> 'waiting';
