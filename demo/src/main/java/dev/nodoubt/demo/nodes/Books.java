package dev.nodoubt.demo.nodes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** What stands in the two databases, asked by itself and by none of the nodes. */
record Books(DataSource calls, DataSource effects) {

    private static final String OPEN = "SELECT count(*) FROM nodoubt_call";

    private static final String NOT_EXECUTED = "SELECT count(*) FROM nodoubt_settled WHERE state <> 'executed'";

    private static final String HANDLED = "SELECT count(*) FROM handled WHERE settled_by = ?";

    private static final String WHO = "SELECT made_by, settled_by, count(*) FROM handled GROUP BY 1, 2 ORDER BY 1, 2";

    private static final String INCARNATION = "SELECT max(incarnation) FROM nodoubt_node WHERE node = ?";

    private static final String ENDED =
            "SELECT count(*) FROM nodoubt_node WHERE incarnation = ? AND ended_at IS NOT NULL";

    private static final String IN_ORDER = "SELECT count(*) FROM nodoubt_node WHERE incarnation = ? AND in_order";

    private static final String HELD = "SELECT count(*) FROM nodoubt_call WHERE incarnation = ?";

    /** A process that stands still may hold locks, and what it has locked is not taken over before they are gone. */
    private static final String FREE =
            "SELECT count(*) FROM (SELECT 1 FROM nodoubt_call WHERE incarnation = ? FOR UPDATE SKIP LOCKED) AS free";

    private static final String UNSENT = """
            SELECT count(*) FROM nodoubt_call WHERE state = 'waiting' AND attempts = 0 AND reference LIKE ? || '-%'
            """;

    private static final String UNTOUCHED = """
            SELECT count(*) FROM nodoubt_call
            WHERE target = ? AND state = 'waiting' AND attempts = 0 AND incarnation = ? AND next_at < now()
            """;

    /** Nothing else knows every purchase that was committed. */
    Set<String> purchases() throws SQLException {
        return new HashSet<>(texts(calls, "SELECT id FROM purchase"));
    }

    List<String> handled() throws SQLException {
        return texts(calls, "SELECT purchase FROM handled");
    }

    List<String> effectBodies() throws SQLException {
        return texts(effects, "SELECT body FROM effect");
    }

    int open() throws SQLException {
        return number(OPEN);
    }

    int notExecuted() throws SQLException {
        return number(NOT_EXECUTED);
    }

    int handledBy(String node) throws SQLException {
        return number(HANDLED, node);
    }

    long incarnation(String node) throws SQLException {
        return number(INCARNATION, node);
    }

    boolean isEnded(long incarnation) throws SQLException {
        return number(ENDED, incarnation) == 1;
    }

    boolean isInOrder(long incarnation) throws SQLException {
        return number(IN_ORDER, incarnation) == 1;
    }

    int held(long incarnation) throws SQLException {
        return number(HELD, incarnation);
    }

    /** Calls of this incarnation that another node could take. */
    int free(long incarnation) throws SQLException {
        return number(FREE, incarnation);
    }

    /** Calls of this node's purchases that were certainly not sent. */
    int unsent(String node) throws SQLException {
        return number(UNSENT, node);
    }

    /** Due calls to a target that are as this incarnation left them. */
    int untouched(String target, long incarnation) throws SQLException {
        return number(UNTOUCHED, target, incarnation);
    }

    /** How many purchases of one node another one settled, by the names of both. */
    Map<List<String>, Integer> settlers() throws SQLException {
        try (Connection connection = calls.getConnection();
                PreparedStatement select = connection.prepareStatement(WHO);
                ResultSet rows = select.executeQuery()) {
            Map<List<String>, Integer> counts = new LinkedHashMap<>();
            while (rows.next()) {
                counts.put(List.of(rows.getString(1), rows.getString(2)), rows.getInt(3));
            }
            return counts;
        }
    }

    private int number(String query, Object... parameters) throws SQLException {
        try (Connection connection = calls.getConnection();
                PreparedStatement select = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static List<String> texts(DataSource database, String query) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(query);
                ResultSet rows = select.executeQuery()) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
