package dev.nodoubt.services.transfer;

import java.math.BigDecimal;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A well-formed request that the ledger refuses. Nothing was changed; under a key the refusal is the recorded answer. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String type;
    private final Map<String, String> facts;

    private Refusal(HttpStatus status, String type, String message, String... fieldRuleValue) {
        super(message);
        this.status = status;
        this.type = type;
        this.facts = Map.of("field", fieldRuleValue[0], "rule", fieldRuleValue[1], "value", fieldRuleValue[2]);
    }

    static Refusal unknownAccount(String field, String id) {
        return new Refusal(
                HttpStatus.NOT_FOUND,
                "unknown-account",
                "account " + id + " does not exist; GET /api/accounts lists those that do",
                field,
                "must be an account that exists",
                id);
    }

    static Refusal unknownTransfer(String id) {
        return new Refusal(
                HttpStatus.NOT_FOUND,
                "unknown-transfer",
                "transfer " + id + " does not exist; GET /api/transfers lists the latest",
                "id",
                "must be a transfer that exists",
                id);
    }

    static Refusal insufficientFunds(Account from, BigDecimal amount) {
        return new Refusal(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "insufficient-funds",
                "account " + from.id() + " has less than " + amount + "; nothing was transferred",
                "amount",
                "must not be more than the balance of the account that pays",
                amount.toPlainString());
    }

    static Refusal balanceLimit(Account to, BigDecimal amount) {
        return new Refusal(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "balance-limit",
                "account " + to.id() + " cannot hold more than " + Money.LARGEST_BALANCE + "; nothing was transferred",
                "amount",
                "must leave the receiving account at most " + Money.LARGEST_BALANCE,
                amount.toPlainString());
    }

    static Refusal accountExists(String id) {
        return new Refusal(
                HttpStatus.CONFLICT,
                "account-exists",
                "account " + id + " exists already; choose another id, or give none",
                "id",
                "must not be taken",
                id);
    }

    HttpStatus status() {
        return status;
    }

    String type() {
        return type;
    }

    /** Field, rule and value. */
    Map<String, String> facts() {
        return facts;
    }
}
