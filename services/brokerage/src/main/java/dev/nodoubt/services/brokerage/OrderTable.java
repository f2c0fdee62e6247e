package dev.nodoubt.services.brokerage;

import dev.nodoubt.IdempotencyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code stock_order}, in the current transaction where there is one. */
@Component
final class OrderTable {

    private static final String COLUMNS = """
            id, client_order_id, symbol, side, quantity, price, state, exchange_order_id, reason, created_at
            """;

    private static final String RECORD = """
            insert into stock_order (client_order_id, symbol, side, quantity, price)
            values (:client, :symbol, :side, :quantity, :price)
            returning\s""" + COLUMNS;

    private static final String FIND = "select " + COLUMNS + "from stock_order where id = :id";

    private static final String AFTER = "select " + COLUMNS + """
            from stock_order
            where id > :after
            order by id
            limit :limit
            """;

    private static final String IN_STATE = "select " + COLUMNS + """
            from stock_order
            where state = :state and id > :after
            order by id
            limit :limit
            """;

    private static final String SETTLE = """
            update stock_order
            set state = :state, exchange_order_id = :exchange, reason = :reason
            where client_order_id = :client
            """;

    private static final String DOUBT = """
            update stock_order
            set state = 'in-doubt'
            where client_order_id = :client and state = 'waiting'
            """;

    private final JdbcClient jdbc;

    OrderTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    StockOrder record(NewOrder order, IdempotencyKey clientOrderId) {
        return jdbc.sql(RECORD)
                .param("client", uuid(clientOrderId))
                .param("symbol", order.symbol())
                .param("side", order.side())
                .param("quantity", order.quantity())
                .param("price", order.price())
                .query(OrderTable::order)
                .single();
    }

    Optional<StockOrder> find(long id) {
        return jdbc.sql(FIND).param("id", id).query(OrderTable::order).optional();
    }

    /** The orders that came after this one, the first of them first. */
    List<StockOrder> after(long id, @Nullable OrderState state, int limit) {
        JdbcClient.StatementSpec page =
                state == null ? jdbc.sql(AFTER) : jdbc.sql(IN_STATE).param("state", state.word());
        return page.param("after", id)
                .param("limit", limit)
                .query(OrderTable::order)
                .list();
    }

    /** Writes what became of an order, whatever was thought of it before. */
    void settle(
            IdempotencyKey clientOrderId, OrderState state, @Nullable String exchangeOrderId, @Nullable String reason) {
        int written = jdbc.sql(SETTLE)
                .param("client", uuid(clientOrderId))
                .param("state", state.word())
                .param("exchange", exchangeOrderId)
                .param("reason", reason)
                .update();
        if (written != 1) {
            throw new IllegalStateException(
                    "order of call " + clientOrderId + " must be one row of stock_order, was " + written);
        }
    }

    /** Marks an order whose outcome nobody can find out by asking; one that is settled stays so. */
    void doubt(IdempotencyKey clientOrderId) {
        jdbc.sql(DOUBT).param("client", uuid(clientOrderId)).update();
    }

    private static UUID uuid(IdempotencyKey key) {
        return key.uuid().orElseThrow();
    }

    private static StockOrder order(ResultSet row, int number) throws SQLException {
        return new StockOrder(
                row.getLong("id"),
                IdempotencyKey.of(row.getObject("client_order_id", UUID.class)),
                new NewOrder(
                        row.getString("symbol"),
                        row.getString("side"),
                        row.getLong("quantity"),
                        row.getBigDecimal("price")),
                OrderState.ofWord("state", row.getString("state")),
                row.getString("exchange_order_id"),
                row.getString("reason"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
