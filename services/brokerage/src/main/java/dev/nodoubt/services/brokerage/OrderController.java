package dev.nodoubt.services.brokerage;

import dev.nodoubt.call.Desk;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.services.brokerage.OrderView.CallView;
import dev.nodoubt.spring.Idempotent;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/orders}: an order is taken once per {@code Idempotency-Key}. */
@RestController
@RequestMapping("/api/orders")
final class OrderController {

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");
    private static final int PAGE = 100;

    private final Orders orders;
    private final OrderTable table;
    private final Outbox outbox;
    private final Desk desk;

    OrderController(Orders orders, OrderTable table, Outbox outbox, Desk desk) {
        this.orders = orders;
        this.table = table;
        this.outbox = outbox;
        this.desk = desk;
    }

    @Idempotent
    @PostMapping(consumes = "application/json", produces = "application/json")
    ResponseEntity<OrderView> place(@RequestBody NewOrder order) {
        StockOrder placed = orders.place(order);
        return ResponseEntity.created(URI.create("/api/orders/" + placed.id())).body(OrderView.of(placed, null));
    }

    @GetMapping("/{id}")
    OrderView one(@PathVariable String id) {
        return view(existing(id));
    }

    /** At most 100 orders, in the order in which they were taken. */
    @GetMapping
    OrderView.Page list(@RequestParam @Nullable String state, @RequestParam @Nullable String after) {
        OrderState wanted = state == null ? null : OrderState.ofWord("state", state);
        if (after != null && !ID.matcher(after).matches()) {
            throw new InvalidInput("after", "must be an order's id", after);
        }
        List<StockOrder> oneMore = table.after(after == null ? 0 : Long.parseLong(after), wanted, PAGE + 1);
        List<OrderView> items = oneMore.stream()
                .limit(PAGE)
                .map(order -> OrderView.of(order, null))
                .toList();
        return new OrderView.Page(
                items, oneMore.size() > PAGE ? items.get(PAGE - 1).id() : null);
    }

    /** Settles an order in doubt with what a person found out, and audits it. Needs no key: the second time is refused. */
    @PostMapping(path = "/{id}/settlement", consumes = "application/json", produces = "application/json")
    OrderView settle(@PathVariable String id, @RequestBody Settlement settlement) {
        StockOrder order = existing(id);
        if (!desk.settle(order.clientOrderId(), settlement.outcome(), settlement.by())
                .isDone()) {
            throw new Refusal(
                    HttpStatus.CONFLICT,
                    "not-in-doubt",
                    "order " + id + " is not in doubt, so nothing was settled; GET /api/orders/" + id
                            + " tells where it stands");
        }
        return view(existing(id));
    }

    private OrderView view(StockOrder order) {
        CallView call = outbox.find(order.clientOrderId()).map(CallView::of).orElse(null);
        return OrderView.of(order, call);
    }

    private StockOrder existing(String id) {
        if (ID.matcher(id).matches()) {
            StockOrder found = table.find(Long.parseLong(id)).orElse(null);
            if (found != null) {
                return found;
            }
        }
        throw new Refusal(
                HttpStatus.NOT_FOUND, "unknown-order", "no such order exists; GET /api/orders lists those that do");
    }
}
