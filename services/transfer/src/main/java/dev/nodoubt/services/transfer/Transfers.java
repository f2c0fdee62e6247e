package dev.nodoubt.services.transfer;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.Request;
import dev.nodoubt.services.transfer.NotificationProperties.OnNever;
import dev.nodoubt.spring.DurableCalls;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.ObjectMapper;

/** Moves money, and records the call that tells the receiver of it in the same transaction. */
// Not final: Spring proxies it, so that a transfer outside a transaction is refused before it begins.
@Service
class Transfers {

    /** The target's name in the configuration, {@code nodoubt.targets.mail}. */
    static final String MAIL = "mail";

    private final Ledger ledger;
    private final DurableCalls calls;
    private final ObjectProvider<RequestRow> rows;
    private final ObjectMapper json;
    private final NotificationProperties properties;

    /**
     * Transfers in this ledger.
     *
     * @param rows the request row of the remedy, where it has one
     */
    Transfers(
            Ledger ledger,
            DurableCalls calls,
            ObjectProvider<RequestRow> rows,
            ObjectMapper json,
            NotificationProperties properties) {
        this.ledger = ledger;
        this.calls = calls;
        this.rows = rows;
        this.json = json;
        this.properties = properties;
    }

    /**
     * Does the transfer in the current transaction: the gate's, so that a repeated request finds its first answer.
     *
     * @throws Refusal when an account does not exist, or the money is not there; nothing may be committed then
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Transfer transfer(TransferOrder order) {
        Map<String, Account> accounts = ledger.lock(order);
        Account from = existing(accounts, "from", order.from());
        Account to = existing(accounts, "to", order.to());
        BigDecimal amount = order.amount();
        if (from.balance().compareTo(amount) < 0) {
            throw Refusal.insufficientFunds(from, amount);
        }
        if (to.balance().add(amount).compareTo(Money.LARGEST_BALANCE) > 0) {
            throw Refusal.balanceLimit(to, amount);
        }
        String address = to.email();
        if (address == null) {
            return ledger.record(order, null);
        }
        IdempotencyKey key = IdempotencyKey.create(Instant.now());
        Transfer transfer = ledger.record(order, key);
        Request notice =
                new Request(MAIL, "POST", "/api/notifications", Notice.payload(json, transfer, from, to, address));
        Call call = new Call(key, notice, Call.Timing.DEFAULT, Call.Labels.NONE)
                .withDeadline(properties.deadline())
                .withReference(String.valueOf(transfer.id()));
        rows.ifAvailable(row -> row.write(key));
        calls.send(properties.onNever() == OnNever.REVERSE ? call.withHandler(Reversals.HANDLER) : call);
        return transfer;
    }

    private static Account existing(Map<String, Account> accounts, String field, String id) {
        Account account = accounts.get(id);
        if (account == null) {
            throw Refusal.unknownAccount(field, id);
        }
        return account;
    }
}
