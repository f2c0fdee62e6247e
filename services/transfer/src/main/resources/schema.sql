create sequence if not exists account_number start with 100001;

create table if not exists account (
    id         text collate "C" primary key,
    owner      text           not null,
    email      text,
    opening    numeric(19, 2) not null check (opening >= 0),
    balance    numeric(19, 2) not null check (balance >= 0),
    created_at timestamptz    not null default now()
);

create table if not exists transfer (
    id               bigint generated always as identity primary key,
    from_account     text collate "C" not null references account,
    to_account       text collate "C" not null references account,
    amount           numeric(19, 2)   not null check (amount > 0),
    memo             text             not null,
    notification_key uuid,
    created_at       timestamptz      not null default now(),
    check (from_account <> to_account)
);

-- Two a transfer, which sum to zero; an account's balance is its opening plus its entries.
create table if not exists entry (
    transfer_id bigint           not null references transfer,
    account_id  text collate "C" not null references account,
    amount      numeric(19, 2)   not null check (amount <> 0),
    primary key (transfer_id, account_id)
);

-- At most one a transfer whose notification is never: the transfer that took it back, or why a person must look.
create table if not exists reversal (
    transfer_id bigint      primary key references transfer,
    reversed_by bigint      unique references transfer,
    refusal     text,
    created_at  timestamptz not null default now(),
    check ((reversed_by is null) <> (refusal is null))
);
