-- Written by the caller, status NEW, before it asks; the status is set by this service in the transaction of its intent.
create table if not exists mail_request (
    request_id      uuid                        primary key,
    status          varchar(16)                 default 'NEW' not null check (status in ('NEW', 'DONE', 'REFUSED')),
    notification_id uuid,
    created_at      timestamp(6) with time zone default current_timestamp not null,
    changed_at      timestamp(6) with time zone
);
