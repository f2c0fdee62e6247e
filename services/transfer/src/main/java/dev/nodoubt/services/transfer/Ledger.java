package dev.nodoubt.services.transfer;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.services.transfer.Page.Slice;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code transfer}, {@code entry} and {@code reversal}, and the balances that follow from them. */
@Component
final class Ledger {

    /**
     * Locks in the order of the ids, whatever the direction of the transfer, so that no two transfers wait for each other.
     * The key of an account never changes, so entries that refer to it need not wait.
     */
    private static final String LOCK = """
            select id, owner, email, balance
            from account
            where id in (:from, :to)
            order by id
            for no key update
            """;

    private static final String MOVE = """
            update account
            set balance = balance + case when id = :to then :amount else -:amount end
            where id in (:from, :to)
            """;

    private static final String RECORD = """
            with made as (
                insert into transfer (from_account, to_account, amount, memo, notification_key)
                values (:from, :to, :amount, :memo, :key)
                returning id, from_account, to_account, amount, created_at
            ), entries as (
                insert into entry (transfer_id, account_id, amount)
                select id, from_account, -amount from made
                union all
                select id, to_account, amount from made
            )
            select id, created_at from made
            """;

    private static final String FIND = """
            select t.id, t.from_account, t.to_account, t.amount, t.memo, t.notification_key, t.created_at,
                   r.reversed_by, r.refusal, original.transfer_id as reverses
            from transfer t
                left join reversal r on r.transfer_id = t.id
                left join reversal original on original.reversed_by = t.id
            where t.id = :id
            """;

    private static final String LATEST = """
            select t.id, t.from_account, t.to_account, t.amount, t.memo, t.notification_key, t.created_at,
                   r.reversed_by, r.refusal, original.transfer_id as reverses
            from transfer t
                left join reversal r on r.transfer_id = t.id
                left join reversal original on original.reversed_by = t.id
            order by t.id desc
            offset :offset limit :limit
            """;

    private static final String REVERSAL = """
            insert into reversal (transfer_id, reversed_by, refusal)
            values (:id, :by, :refusal)
            """;

    private final JdbcClient jdbc;

    Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Both accounts, locked until the transaction ends; those that do not exist are missing. */
    Map<String, Account> lock(TransferOrder order) {
        return jdbc
                .sql(LOCK)
                .param("from", order.from())
                .param("to", order.to())
                .query(Accounts::account)
                .list()
                .stream()
                .collect(Collectors.toMap(Account::id, Function.identity()));
    }

    /** Moves the money between two locked accounts and writes the transfer with its two entries. */
    Transfer record(TransferOrder order, @Nullable IdempotencyKey notification) {
        BigDecimal amount = order.amount();
        jdbc.sql(MOVE)
                .param("from", order.from())
                .param("to", order.to())
                .param("amount", amount)
                .update();
        UUID key = notification == null ? null : notification.uuid().orElseThrow();
        return jdbc.sql(RECORD)
                .param("from", order.from())
                .param("to", order.to())
                .param("amount", amount)
                .param("memo", order.memo())
                .param("key", key)
                .query((row, number) -> new Transfer(row.getLong("id"), order, time(row), notification, null))
                .single();
    }

    /** How a transfer was taken back, or why not; empty when neither was decided. */
    Optional<Reversal> reversal(long transfer) {
        return find(transfer).map(Transfer::reversal);
    }

    void recordReversal(long transfer, long by) {
        jdbc.sql(REVERSAL)
                .param("id", transfer)
                .param("by", by)
                .param("refusal", null)
                .update();
    }

    void recordRefusal(long transfer, String why) {
        jdbc.sql(REVERSAL)
                .param("id", transfer)
                .param("by", null)
                .param("refusal", why)
                .update();
    }

    Optional<Transfer> find(long id) {
        return jdbc.sql(FIND).param("id", id).query(Ledger::transfer).optional();
    }

    /** The newest first. */
    Page<Transfer> latest(Slice slice) {
        List<Transfer> oneMore = jdbc.sql(LATEST)
                .param("offset", slice.offset())
                .param("limit", slice.limit())
                .query(Ledger::transfer)
                .list();
        return Page.of(slice, oneMore);
    }

    private static Transfer transfer(ResultSet row, int number) throws SQLException {
        UUID key = row.getObject("notification_key", UUID.class);
        return new Transfer(
                row.getLong("id"),
                new TransferOrder(
                        row.getString("from_account"),
                        row.getString("to_account"),
                        row.getBigDecimal("amount"),
                        row.getString("memo")),
                time(row),
                key == null ? null : IdempotencyKey.of(key),
                reversal(row));
    }

    private static @Nullable Reversal reversal(ResultSet row) throws SQLException {
        long by = row.getLong("reversed_by");
        if (!row.wasNull()) {
            return Reversal.reversedBy(by);
        }
        long original = row.getLong("reverses");
        if (!row.wasNull()) {
            return Reversal.reverses(original);
        }
        String refusal = row.getString("refusal");
        return refusal == null ? null : Reversal.refused(refusal);
    }

    private static Instant time(ResultSet row) throws SQLException {
        return row.getObject("created_at", OffsetDateTime.class).toInstant();
    }
}
