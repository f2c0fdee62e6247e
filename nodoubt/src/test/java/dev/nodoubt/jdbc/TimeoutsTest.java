package dev.nodoubt.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bound is taken away again, and why a statement failed is told also where that cannot be done. */
class TimeoutsTest {

    private final List<Integer> bounds = new ArrayList<>();
    private boolean gone;

    private final PreparedStatement statement = (PreparedStatement) Proxy.newProxyInstance(
            TimeoutsTest.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> {
                if (gone) {
                    throw new SQLException("the connection is gone");
                }
                bounds.add((Integer) arguments[0]);
                return null;
            });

    @Test
    void a_bound_ends_with_its_question() throws SQLException {
        String answer = Timeouts.within(2, statement, bounded -> {
            assertThat(bounds).containsExactly(2);
            return "answer";
        });

        assertThat(answer).isEqualTo("answer");
        assertThat(bounds).containsExactly(2, 0);
    }

    @Test
    void a_bound_that_cannot_be_taken_away_does_not_hide_why_its_statement_failed() {
        assertThatThrownBy(() -> Timeouts.within(2, statement, bounded -> {
                    gone = true;
                    throw new SQLException("canceled", "57014");
                }))
                .hasMessage("canceled")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }
}
