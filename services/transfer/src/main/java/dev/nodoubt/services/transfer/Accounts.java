package dev.nodoubt.services.transfer;

import dev.nodoubt.services.transfer.Page.Slice;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code account}: opened here, changed by transfers only. */
@Component
final class Accounts {

    private static final int TRIES = 10;

    private static final String PAGE = """
            select id, owner, email, balance
            from account
            order by id
            offset :offset limit :limit
            """;

    private static final String FIND = """
            select id, owner, email, balance
            from account
            where id = :id
            """;

    private static final String NEXT_NUMBER = """
            select nextval('account_number')::text
            """;

    private static final String OPEN = """
            insert into account (id, owner, email, opening, balance)
            values (:id, :owner, :email, :balance, :balance)
            on conflict (id) do nothing
            """;

    private final JdbcClient jdbc;

    Accounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Page<Account> page(Slice slice) {
        return Page.of(
                slice,
                jdbc.sql(PAGE)
                        .param("offset", slice.offset())
                        .param("limit", slice.limit())
                        .query(Accounts::account)
                        .list());
    }

    Optional<Account> find(String id) {
        return jdbc.sql(FIND).param("id", id).query(Accounts::account).optional();
    }

    /**
     * Opens an account.
     *
     * @throws Refusal when its id is taken
     */
    Account open(NewAccount wanted) {
        String chosen = wanted.id();
        if (chosen != null) {
            Account account = named(chosen, wanted);
            if (!insert(account)) {
                throw Refusal.accountExists(chosen);
            }
            return account;
        }
        // A number may be taken by an account whose id was chosen; the sequence moves on each time.
        Account account = named(nextNumber(), wanted);
        for (int tries = 1; !insert(account); tries++) {
            if (tries == TRIES) {
                throw Refusal.accountExists(account.id());
            }
            account = named(nextNumber(), wanted);
        }
        return account;
    }

    private static Account named(String id, NewAccount wanted) {
        return new Account(id, wanted.owner(), wanted.email(), Money.stored(wanted.balance()));
    }

    private String nextNumber() {
        return jdbc.sql(NEXT_NUMBER).query(String.class).single();
    }

    /** False when the id is taken. */
    boolean insert(Account account) {
        return jdbc.sql(OPEN)
                        .param("id", account.id())
                        .param("owner", account.owner())
                        .param("email", account.email())
                        .param("balance", account.balance())
                        .update()
                == 1;
    }

    static Account account(ResultSet row, int number) throws SQLException {
        BigDecimal balance = row.getBigDecimal("balance");
        return new Account(row.getString("id"), row.getString("owner"), row.getString("email"), balance);
    }
}
