package dev.nodoubt.services.transfer;

import dev.nodoubt.services.transfer.Page.Slice;
import dev.nodoubt.spring.Idempotent;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/transfers}: money moves once per {@code Idempotency-Key}. */
@RestController
@RequestMapping("/api/transfers")
final class TransferController {

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

    private final Transfers transfers;
    private final Ledger ledger;
    private final Notifications notifications;

    TransferController(Transfers transfers, Ledger ledger, Notifications notifications) {
        this.transfers = transfers;
        this.ledger = ledger;
        this.notifications = notifications;
    }

    @Idempotent
    @PostMapping(consumes = "application/json", produces = "application/json")
    ResponseEntity<TransferView> transfer(@RequestBody TransferOrder order) {
        Transfer made = transfers.transfer(order);
        return ResponseEntity.created(URI.create("/api/transfers/" + made.id()))
                .body(TransferView.of(made, key -> NotificationView.recorded(key.value())));
    }

    @GetMapping("/{id}")
    TransferView one(@PathVariable String id) {
        Optional<Transfer> found =
                ID.matcher(id).matches() ? ledger.find(Long.parseLong(id)) : Optional.<Transfer>empty();
        return TransferView.of(
                found.orElseThrow(() -> Refusal.unknownTransfer(InvalidInput.shortened(id))),
                notifications::withDelivery);
    }

    @GetMapping
    Page<TransferView> latest(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        return ledger.latest(new Slice(page, size)).map(t -> TransferView.of(t, notifications::outcome));
    }
}
