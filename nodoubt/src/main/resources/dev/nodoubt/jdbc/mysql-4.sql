-- nodoubt, version 4: the trace that a call belongs to, and what operators did.

-- traceparent of the W3C's trace context at recording, and after a space its tracestate; NULL: none.
-- MySQL adds no column "if it is not there": a step that broke off may have added it already.
SET @nodoubt_step = (
    SELECT if(count(*) = 0,
              'ALTER TABLE nodoubt_call ADD COLUMN trace varchar(600) CHARACTER SET ascii COLLATE ascii_bin',
              'DO 0')
    FROM information_schema.columns
    WHERE table_schema = database() AND table_name = 'nodoubt_call' AND column_name = 'trace');
PREPARE nodoubt_step FROM @nodoubt_step;
EXECUTE nodoubt_step;
DEALLOCATE PREPARE nodoubt_step;

-- Targets that an operator paused: nothing is attempted there until the row is gone.
CREATE TABLE IF NOT EXISTS nodoubt_pause (
    target    varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    paused_at datetime(6) NOT NULL,
    actor     varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,  -- who paused it
    reason    varchar(1000) CHARACTER SET utf8mb4 NOT NULL
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- What operators did, in the transaction in which it was done. Never changed, and deleted after 365 days by default.
CREATE TABLE IF NOT EXISTS nodoubt_audit (
    id       bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    done_at  datetime(6) NOT NULL,
    actor    varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
    action   varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,  -- attempt, ask, fence, cancel, pause, resume, settle, reveal
    target   varchar(64) CHARACTER SET ascii COLLATE ascii_bin,
    call_key char(36) CHARACTER SET ascii COLLATE ascii_bin,
    reason   varchar(1000) CHARACTER SET utf8mb4 NOT NULL,  -- in the operator's words; empty where none is asked for
    INDEX nodoubt_audit_call (call_key, id),
    INDEX nodoubt_audit_actor (actor, id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- Calls whose next step an operator wants at once. A row goes when that step was taken, or its call has ended.
CREATE TABLE IF NOT EXISTS nodoubt_hurry (
    call_key char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    asks     boolean NOT NULL                   -- that step is to be a query
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- What an operator looks at first: who is in doubt for how long.
SET @nodoubt_step = (
    SELECT if(count(*) = 0,
              'CREATE INDEX nodoubt_call_doubt ON nodoubt_call (state, doubt_since)',
              'DO 0')
    FROM information_schema.statistics
    WHERE table_schema = database() AND table_name = 'nodoubt_call' AND index_name = 'nodoubt_call_doubt');
PREPARE nodoubt_step FROM @nodoubt_step;
EXECUTE nodoubt_step;
DEALLOCATE PREPARE nodoubt_step;
