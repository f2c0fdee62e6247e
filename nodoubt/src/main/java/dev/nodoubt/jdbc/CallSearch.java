package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallFilter;
import dev.nodoubt.call.CallPage;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.RecordedCall;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page of calls: at most a page of the open ones and one of the settled ones, then the nearest of both. What no index
 * answers is looked for in a bounded part of what matches the rest.
 */
final class CallSearch {

    private static final Table OPEN = new Table("nodoubt_call", """
            call_key, target, method, path, state, attempts, last, recorded_at, next_at,
            priority, handler, reference, tags, business_key, order_key\
            """);

    private static final Table SETTLED = new Table("nodoubt_settled", """
            call_key, target, method, path, state, attempts, recorded_at, settled_at, why, evidence,
            priority, handler, reference, tags, business_key, order_key,
            reply_status, reply_headers, reply_media_type, reply_body\
            """);

    /** With the status of a reply, and none of its bytes. */
    private static final Table MASKED = new Table(
            SETTLED.name,
            SETTLED.columns.replace(
                    "reply_headers, reply_media_type, reply_body",
                    "'' AS reply_headers, NULL AS reply_media_type, NULL AS reply_body"));

    private static final String PAGE = "SELECT %s FROM %s WHERE 1 = 1%s ORDER BY call_key %s LIMIT %d";
    private static final String BOUNDED = "SELECT * FROM (%s) AS c WHERE 1 = 1%s ORDER BY call_key %s LIMIT %d";
    private static final String TAGGED =
            "SELECT call_key FROM nodoubt_tag WHERE tag = ?%s ORDER BY call_key %s LIMIT %d";
    private static final String OF_KEYS = "SELECT %s FROM %s WHERE call_key IN (%s)";
    private static final String END = "SELECT call_key FROM %s WHERE 1 = 1%s ORDER BY call_key %s LIMIT 2 OFFSET %d";

    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9._:-]{1,64}");

    private static final Comparator<IdempotencyKey> BY_KEY = Comparator.comparing(IdempotencyKey::value);

    private final UnreadCalls unread;
    private final Table settled;

    private record Table(String name, String columns) {}

    private CallSearch(UnreadCalls unread, Table settled) {
        this.unread = unread;
        this.settled = settled;
    }

    /** With replies as the application got them. */
    static CallSearch whole(UnreadCalls unread) {
        return new CallSearch(unread, SETTLED);
    }

    /** For an operator's list. */
    static CallSearch masked() {
        return new CallSearch(new UnreadCalls(), MASKED);
    }

    CallPage search(CallSession session, CallFilter filter) throws SQLException {
        boolean newestFirst = filter.after() == null;
        Comparator<IdempotencyKey> nearestFirst = newestFirst ? BY_KEY.reversed() : BY_KEY;
        Map<IdempotencyKey, RecordedCall> found = new LinkedHashMap<>();
        IdempotencyKey end = null;
        List<IdempotencyKey> tagged = asksForTagOnly(filter) ? tagged(session, filter) : null;
        if (tagged != null && tagged.isEmpty()) {
            return new CallPage(List.of(), false, null);
        }
        // In this order, as a call that is settled meanwhile moves from the one to the other.
        for (Table table : tables(filter)) {
            boolean full =
                    tagged == null ? read(session, table, filter, found) : readTagged(session, table, tagged, found);
            IdempotencyKey ended = filter.isBounded() && !full ? end(session, table, filter) : null;
            boolean nearer = ended != null && (end == null || nearestFirst.compare(ended, end) < 0);
            end = nearer ? ended : end;
        }
        return page(found, end, nearestFirst, filter);
    }

    private static CallPage page(
            Map<IdempotencyKey, RecordedCall> found,
            @Nullable IdempotencyKey end,
            Comparator<IdempotencyKey> nearestFirst,
            CallFilter filter) {
        int limit = filter.query().limit();
        List<RecordedCall> calls = new ArrayList<>(found.values());
        // What lies behind the end of one table's search is left to the next page, which searches both from there.
        calls.removeIf(call -> end != null && nearestFirst.compare(call.key(), end) > 0);
        calls.sort(Comparator.comparing(RecordedCall::key, nearestFirst));
        boolean full = calls.size() > limit;
        List<RecordedCall> page = new ArrayList<>(full ? calls.subList(0, limit) : calls);
        if (filter.after() != null) {
            Collections.reverse(page);
        }
        return new CallPage(page, full || end != null, full ? null : end);
    }

    private List<Table> tables(CallFilter filter) {
        List<Table> tables = new ArrayList<>();
        if (asksFor(filter.query(), false)) {
            tables.add(OPEN);
        }
        if (asksFor(filter.query(), true) && filter.text() == null) {
            tables.add(settled);
        }
        return tables;
    }

    private static boolean asksFor(CallQuery query, boolean ended) {
        return query.states().isEmpty() || query.states().stream().anyMatch(state -> state.isFinal() == ended);
    }

    /** Whether a tag, and beside it only a range of keys, is asked for: then the page is that of the tag's keys. */
    private static boolean asksForTagOnly(CallFilter filter) {
        CallQuery query = filter.query();
        return query.tag() != null
                && query.states().isEmpty()
                && query.target() == null
                && query.reference() == null
                && !filter.isBounded();
    }

    /** Every key of a tag is that of an open call or of a settled one. */
    private static List<IdempotencyKey> tagged(CallSession session, CallFilter filter) throws SQLException {
        KeyRange range = KeyRange.of(filter);
        String sql = TAGGED.formatted(range.sql(), order(filter), filter.query().limit() + 1);
        List<IdempotencyKey> keys = new ArrayList<>();
        try (PreparedStatement select = session.prepare(sql)) {
            select.setString(1, filter.query().tag());
            range.bind(session, select, 2);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(CallRows.key(rows));
                }
            }
        }
        return keys;
    }

    private boolean readTagged(
            CallSession session, Table table, List<IdempotencyKey> keys, Map<IdempotencyKey, RecordedCall> found)
            throws SQLException {
        try (PreparedStatement select =
                session.prepare(OF_KEYS.formatted(table.columns, table.name, session.keys(keys.size())))) {
            session.bindKeys(select, 1, keys);
            return read(session, select, found) == keys.size();
        }
    }

    /** Whether there are more of the table's calls than the page shows, so that it does not matter where a search ends. */
    private boolean read(CallSession session, Table table, CallFilter filter, Map<IdempotencyKey, RecordedCall> found)
            throws SQLException {
        String order = order(filter);
        int page = filter.query().limit() + 1;
        int most = filter.isBounded() ? CallFilter.BOUND : page;
        String sql = PAGE.formatted(table.columns, table.name, indexed(filter), order, most);
        if (filter.isBounded()) {
            sql = BOUNDED.formatted(sql, others(filter), order, page);
        }
        try (PreparedStatement select = session.prepare(sql)) {
            bindOthers(select, bindIndexed(session, select, filter), filter);
            return read(session, select, found) == page;
        }
    }

    private int read(CallSession session, PreparedStatement select, Map<IdempotencyKey, RecordedCall> found)
            throws SQLException {
        CallRows calls = new CallRows(session.dialect());
        int read = 0;
        try (ResultSet rows = select.executeQuery()) {
            for (; rows.next(); read++) {
                unread.orRead(rows, calls::recorded).ifPresent(call -> found.putIfAbsent(call.key(), call));
            }
        }
        return read;
    }

    /** The last key that a bounded search looks at; null when it looks at all. */
    private static @Nullable IdempotencyKey end(CallSession session, Table table, CallFilter filter)
            throws SQLException {
        String sql = END.formatted(table.name, indexed(filter), order(filter), CallFilter.BOUND - 1);
        try (PreparedStatement select = session.prepare(sql)) {
            bindIndexed(session, select, filter);
            try (ResultSet row = select.executeQuery()) {
                IdempotencyKey last = row.next() ? CallRows.key(row) : null;
                return row.next() ? last : null;
            }
        }
    }

    private static String order(CallFilter filter) {
        return filter.after() == null ? "DESC" : "ASC";
    }

    private static String indexed(CallFilter filter) {
        CallQuery query = filter.query();
        StringBuilder sql = new StringBuilder(KeyRange.of(filter).sql());
        sql.append(query.target() == null ? "" : " AND target = " + text(query.target()));
        sql.append(query.reference() == null ? "" : " AND reference = ?");
        if (query.tag() != null) {
            sql.append(
                    " AND call_key IN (SELECT call_key FROM nodoubt_tag WHERE tag = %s)".formatted(text(query.tag())));
        }
        if (!query.states().isEmpty()) {
            sql.append(query.states().stream()
                    .map(state -> "'" + state.word() + "'")
                    .sorted()
                    .collect(Collectors.joining(", ", " AND state IN (", ")")));
        }
        return sql.toString();
    }

    /**
     * A text of a statement: as a literal where it needs no quoting, as names of targets and tags do. A plan made for any
     * target would walk all calls to find those of one that has few.
     */
    private static String text(String value) {
        return isPlain(value) ? "'" + value + "'" : "?";
    }

    private static boolean isPlain(String value) {
        return PLAIN.matcher(value).matches();
    }

    private static int bindIndexed(CallSession session, PreparedStatement select, CallFilter filter)
            throws SQLException {
        CallQuery query = filter.query();
        int next = KeyRange.of(filter).bind(session, select, 1);
        if (query.target() != null && !isPlain(query.target())) {
            select.setString(next++, query.target());
        }
        if (query.reference() != null) {
            select.setString(next++, query.reference());
        }
        if (query.tag() != null && !isPlain(query.tag())) {
            select.setString(next++, query.tag());
        }
        return next;
    }

    private static String others(CallFilter filter) {
        return (filter.text() == null ? "" : " AND lower(last) LIKE ? ESCAPE '!'")
                + (filter.attemptsMoreThan() == null ? "" : " AND attempts > ?");
    }

    private static void bindOthers(PreparedStatement select, int from, CallFilter filter) throws SQLException {
        int next = from;
        if (filter.text() != null) {
            String literal = filter.text().toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0");
            select.setString(next++, "%" + literal + "%");
        }
        if (filter.attemptsMoreThan() != null) {
            select.setInt(next, filter.attemptsMoreThan());
        }
    }
}
