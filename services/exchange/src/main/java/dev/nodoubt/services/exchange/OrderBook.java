package dev.nodoubt.services.exchange;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The truth: every order that was accepted, doubled ones too. One thing at a time, each on disk before it is told. Thread-safe. */
final class OrderBook implements AutoCloseable {

    private final Journal journal;
    private final InstantSource clock;
    private final Duration fillTime;
    private final Map<Long, Entry.Booked> orders = new TreeMap<>();
    private final Map<String, List<Entry.Booked>> ordersOf = new HashMap<>();
    private final Map<String, Entry.Refused> refusals = new HashMap<>();
    private final Set<Long> cancelled = new HashSet<>();

    /** @param fillTime so long after it was booked an order is filled, and cannot be cancelled any more */
    OrderBook(Journal journal, Duration fillTime, InstantSource clock) {
        this.journal = journal;
        this.fillTime = fillTime;
        this.clock = clock;
        journal.earlier().forEach(this::apply);
    }

    /** An order as it stands now, in the form in which the book is told. */
    record Line(
            String orderId,
            @Nullable String clientOrderId,
            String symbol,
            Side side,
            long quantity,
            String price,
            String state) {}

    /** Takes an order, whether or not one with this client order id is there. */
    synchronized Verdict take(@Nullable String clientOrderId, Order order) {
        Optional<String> refusal = Market.refusal(order);
        if (refusal.isPresent()) {
            if (clientOrderId != null) {
                record(new Entry.Refused(clientOrderId, order, refusal.get(), clock.instant()));
            }
            return new Verdict.Rejected(refusal.get());
        }
        Entry.Booked booked = new Entry.Booked(orders.size() + 1L, clientOrderId, order, clock.instant());
        record(booked);
        return new Verdict.Accepted(booked);
    }

    /** Takes an order unless this client order id had its verdict within the retention: then that one is given again. */
    synchronized Verdict takeOnce(String clientOrderId, Order order, Duration retention) {
        Instant since = clock.instant().minus(retention);
        List<Entry.Booked> booked = ordersOf.getOrDefault(clientOrderId, List.of());
        if (!booked.isEmpty()) {
            Entry.Booked last = booked.get(booked.size() - 1);
            if (last.at().isAfter(since)) {
                return last.order().equals(order) ? new Verdict.Accepted(last) : new Verdict.Reused();
            }
        }
        Entry.Refused refused = refusals.get(clientOrderId);
        if (refused != null && refused.at().isAfter(since)) {
            return refused.order().equals(order) ? new Verdict.Rejected(refused.reason()) : new Verdict.Reused();
        }
        return take(clientOrderId, order);
    }

    /** What was said of this client order id first; empty when nothing was. */
    synchronized Optional<Verdict> find(String clientOrderId) {
        List<Entry.Booked> booked = ordersOf.getOrDefault(clientOrderId, List.of());
        if (!booked.isEmpty()) {
            return Optional.of(new Verdict.Accepted(booked.get(0)));
        }
        return Optional.ofNullable(refusals.get(clientOrderId)).map(refused -> new Verdict.Rejected(refused.reason()));
    }

    /** Takes back every order of this client order id, or none. */
    synchronized Cancellation cancel(String clientOrderId, Order original) {
        List<Entry.Booked> booked = ordersOf.getOrDefault(clientOrderId, List.of());
        if (booked.isEmpty()) {
            return Cancellation.UNKNOWN;
        }
        if (!booked.stream().allMatch(one -> one.order().equals(original))) {
            return Cancellation.OTHER_CONTENT;
        }
        if (booked.stream().anyMatch(this::filled)) {
            return Cancellation.FILLED;
        }
        for (Entry.Booked one : booked) {
            if (!cancelled.contains(one.orderId())) {
                record(new Entry.Cancelled(one.orderId(), clock.instant()));
            }
        }
        return Cancellation.CANCELLED;
    }

    /** Every order, in the order in which they came. */
    synchronized List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Entry.Booked booked : orders.values()) {
            Order order = booked.order();
            BigDecimal price = order.price();
            lines.add(new Line(
                    String.valueOf(booked.orderId()),
                    booked.clientOrderId(),
                    order.symbol(),
                    order.side(),
                    order.quantity(),
                    price.toPlainString(),
                    state(booked)));
        }
        return lines;
    }

    synchronized int size() {
        return orders.size();
    }

    @Override
    public synchronized void close() {
        journal.close();
    }

    private String state(Entry.Booked booked) {
        if (cancelled.contains(booked.orderId())) {
            return "cancelled";
        }
        return filled(booked) ? "filled" : "accepted";
    }

    private boolean filled(Entry.Booked booked) {
        return !cancelled.contains(booked.orderId())
                && !clock.instant().isBefore(booked.at().plus(fillTime));
    }

    private void record(Entry entry) {
        journal.append(entry);
        apply(entry);
    }

    private void apply(Entry entry) {
        if (entry instanceof Entry.Booked booked) {
            orders.put(booked.orderId(), booked);
            if (booked.clientOrderId() != null) {
                ordersOf.computeIfAbsent(booked.clientOrderId(), id -> new ArrayList<>())
                        .add(booked);
            }
        } else if (entry instanceof Entry.Refused refused) {
            refusals.put(refused.clientOrderId(), refused);
        } else if (entry instanceof Entry.Cancelled one) {
            cancelled.add(one.orderId());
        }
    }
}
