package dev.nodoubt.services.transfer;

import dev.nodoubt.Outcome;
import dev.nodoubt.Outcome.Never;
import dev.nodoubt.call.KnownCall;
import dev.nodoubt.call.OutcomeHandler;
import java.math.BigDecimal;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes a transfer back whose notification is never, in the transaction that settles the notification's call: both commit
 * or neither. Any other outcome leaves the transfer as it is. It always exists, also where new transfers are kept: a call
 * that was recorded with it may still be open.
 */
// Not final: Spring proxies it, so that a settlement outside Spring's transactions is refused before anything is read.
@Component(Reversals.HANDLER)
class Reversals implements OutcomeHandler {

    /** The name by which a call asks for it. */
    static final String HANDLER = "reverse-transfer";

    private static final Logger LOG = LoggerFactory.getLogger(Reversals.class);

    private final Ledger ledger;

    Reversals(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void handle(Connection transaction, KnownCall call) {
        if (call.outcome() instanceof Never never) {
            long id = Long.parseLong(String.valueOf(call.labels().reference()));
            reverse(ledger.find(id).orElseThrow(), never.why());
        }
    }

    private void reverse(Transfer transfer, Outcome.Why why) {
        TransferOrder back = transfer.order().back("reversal of transfer " + transfer.id());
        Map<String, Account> accounts = ledger.lock(back);
        if (ledger.reversal(transfer.id()).isPresent()) {
            return;
        }
        String refusal = refusal(back, accounts, why);
        if (refusal == null) {
            Transfer made = ledger.record(back, null);
            ledger.recordReversal(transfer.id(), made.id());
            LOG.info("transfer {} is reversed by transfer {}: its notification is never", transfer.id(), made.id());
        } else {
            ledger.recordRefusal(transfer.id(), refusal);
            LOG.warn("transfer {} is not reversed, a person must decide: {}", transfer.id(), refusal);
        }
    }

    /** Null when the money can go back. */
    private static @Nullable String refusal(TransferOrder back, Map<String, Account> accounts, Outcome.Why why) {
        return switch (why) {
            case ASSUMED, CANCELLED ->
                "the notification is taken for never (" + why + ") without a proof that it will not be executed";
            case NEVER_SENT, FENCED, BY_HAND -> uncovered(back, accounts);
        };
    }

    private static @Nullable String uncovered(TransferOrder back, Map<String, Account> accounts) {
        Account from = account(accounts, back.from());
        Account to = account(accounts, back.to());
        BigDecimal amount = back.amount();
        if (from.balance().compareTo(amount) < 0) {
            return "account " + from.id() + " has less than " + amount + " now";
        }
        return to.balance().add(amount).compareTo(Money.LARGEST_BALANCE) > 0
                ? "account " + to.id() + " cannot hold " + amount + " more"
                : null;
    }

    private static Account account(Map<String, Account> accounts, String id) {
        return Optional.ofNullable(accounts.get(id)).orElseThrow();
    }
}
