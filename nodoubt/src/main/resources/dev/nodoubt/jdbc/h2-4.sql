-- nodoubt, version 4: the trace that a call belongs to, and what operators did.

-- traceparent of the W3C's trace context at recording, and after a space its tracestate; NULL: none.
ALTER TABLE nodoubt_call ADD COLUMN IF NOT EXISTS trace varchar(600);

-- Targets that an operator paused: nothing is attempted there until the row is gone.
CREATE TABLE IF NOT EXISTS nodoubt_pause (
    target    varchar(64) NOT NULL PRIMARY KEY,
    paused_at timestamp(6) with time zone NOT NULL,
    actor     varchar(200) NOT NULL,            -- who paused it
    reason    varchar(1000) NOT NULL
);

-- What operators did, in the transaction in which it was done. Never changed, and deleted after 365 days by default.
CREATE TABLE IF NOT EXISTS nodoubt_audit (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    done_at  timestamp(6) with time zone NOT NULL,
    actor    varchar(200) NOT NULL,
    action   varchar(12) NOT NULL,              -- attempt, ask, fence, cancel, pause, resume, settle, reveal
    target   varchar(64),
    call_key uuid,
    reason   varchar(1000) NOT NULL             -- in the operator's words; empty where none is asked for
);
CREATE INDEX IF NOT EXISTS nodoubt_audit_call ON nodoubt_audit (call_key, id);
CREATE INDEX IF NOT EXISTS nodoubt_audit_actor ON nodoubt_audit (actor, id);

-- Calls whose next step an operator wants at once. A row goes when that step was taken, or its call has ended.
CREATE TABLE IF NOT EXISTS nodoubt_hurry (
    call_key uuid NOT NULL PRIMARY KEY,
    asks     boolean NOT NULL                   -- that step is to be a query
);

-- What an operator looks at first: who is in doubt for how long.
CREATE INDEX IF NOT EXISTS nodoubt_call_doubt ON nodoubt_call (state, doubt_since);
