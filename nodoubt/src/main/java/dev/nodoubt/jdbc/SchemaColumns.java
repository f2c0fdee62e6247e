package dev.nodoubt.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The columns that this library reads and writes, and which of them a database lacks. */
final class SchemaColumns {

    private static final String GATE = "key_time recorded_at status fingerprint_version state scope idempotency_key"
            + " fingerprint operation reason headers media_type body";
    private static final String INTENT = "id state kind scope attempts doubts recorded_at next_at ended_at lease last";
    private static final String LABELS = " priority handler reference tags business_key order_key";
    private static final String CALL =
            "call_key incarnation state attempts cancelled recorded_at next_at deadline_at target"
                    + " method path media_type body body_sha256 last refusal_status refusal_headers refusal_media_type refusal_body"
                    + " doubt_since resolutions ungated marks_start backoff_first backoff_cap backoff_jitter order_digest"
                    + " order_sequence known_state known_why known_failures known_status known_headers known_media_type known_body trace"
                    + LABELS;
    private static final String SETTLED =
            "call_key state why attempts recorded_at settled_at target method path reply_status"
                    + " reply_headers reply_media_type reply_body evidence" + LABELS;
    private static final String ATTEMPT = "call_key number incarnation step begun_at took waited connected answered"
            + " classification status reason";

    private SchemaColumns() {}

    /** Table by table. */
    static Map<String, Set<String>> of(Dialect dialect) {
        boolean postgres = dialect == Dialect.POSTGRESQL;
        Map<String, Set<String>> tables = new LinkedHashMap<>();
        tables.put("nodoubt_gate", words(postgres ? GATE + " transaction_id" : GATE));
        tables.put("nodoubt_horizon", words("the_only key_time bodies_until incarnation"));
        tables.put("nodoubt_usage", words("scope recorded tombstones"));
        tables.put("nodoubt_intent", words(INTENT));
        tables.put("nodoubt_intent_content", words("id media_type body"));
        tables.put("nodoubt_node", words("incarnation node joined_at lease_until ended_at in_order"));
        tables.put("nodoubt_call", words(CALL));
        tables.put("nodoubt_settled", words(SETTLED));
        tables.put("nodoubt_reference", words("digest call_key recorded_at"));
        tables.put("nodoubt_order", words("digest open_calls sequence stopped changed_at"));
        tables.put("nodoubt_tag", words("tag call_key"));
        tables.put("nodoubt_attempt", words(ATTEMPT));
        tables.put("nodoubt_target", words("target held_off_until"));
        tables.put("nodoubt_pause", words("target paused_at actor reason"));
        tables.put("nodoubt_hurry", words("call_key asks"));
        tables.put("nodoubt_audit", words("id done_at actor action target call_key reason"));
        return tables;
    }

    private static Set<String> words(String text) {
        return new HashSet<>(Arrays.asList(text.split(" ")));
    }

    /** What is not there, as {@code table} or {@code table.column}; in autocommit. */
    static List<String> missing(Connection connection, Dialect dialect) {
        List<String> missing = new ArrayList<>();
        of(dialect).forEach((table, columns) -> {
            Set<String> found = found(connection, table);
            if (found.isEmpty()) {
                missing.add(table);
            } else {
                columns.stream()
                        .filter(column -> !found.contains(column))
                        .sorted()
                        .forEach(column -> missing.add(table + "." + column));
            }
        });
        return missing;
    }

    /** Empty when the table cannot be read. */
    private static Set<String> found(Connection connection, String table) {
        Set<String> found = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            ResultSetMetaData columns = none.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                found.add(columns.getColumnName(i).toLowerCase(Locale.ROOT));
            }
        } catch (SQLException e) {
            return Set.of();
        }
        return found;
    }
}
