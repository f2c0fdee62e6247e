-- Written by this service in the transaction of its intent, a row a mail; read by the caller.
create table if not exists mail_log (
    notification_id uuid                        primary key,
    request_id      uuid                        not null,
    recorded_at     timestamp(6) with time zone default current_timestamp not null
);

create index if not exists mail_log_request on mail_log (request_id);
