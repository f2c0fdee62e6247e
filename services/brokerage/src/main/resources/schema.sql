create table if not exists stock_order (
    id                bigint generated always as identity primary key,
    client_order_id   uuid        not null unique,
    symbol            text        not null,
    side              text        not null check (side in ('buy', 'sell')),
    quantity          bigint      not null check (quantity > 0),
    price             numeric     not null check (price > 0),
    state             text        not null default 'waiting'
        check (state in ('waiting', 'in-doubt', 'accepted', 'rejected', 'never')),
    exchange_order_id text,
    reason            text,
    created_at        timestamptz not null default now()
);

create index if not exists stock_order_state on stock_order (state, id);
