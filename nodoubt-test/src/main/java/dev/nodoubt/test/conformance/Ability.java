package dev.nodoubt.test.conformance;

/** What the suite knows of a receiver and can do with its operation. */
public enum Ability implements Need {
    /** The effects of an order can be counted. */
    EFFECTS("a count of effects (--effects or --effects-command)"),
    /** The operation obeys a {@link Behaviour}. */
    STEERING("the test operation (docs/conformance.md)"),
    /** A running handler can be held and released. */
    HOLDING("the test operation (docs/conformance.md)"),
    /** There is a body that validation refuses. */
    INVALID_BODY("a body that is refused (--invalid-body)"),
    /** Bodies are JSON objects. */
    JSON("bodies of application/json"),
    /** The receiver asks who is there. */
    TOKEN("a bearer token (--token)"),
    /** There are two tenants. */
    OTHER_TOKEN("the token of another tenant (--other-token)"),
    /** There is a tenant with a small quota. */
    QUOTA_TOKEN("the token of a tenant with a quota of at most 1000 rows (--quota-token)"),
    /** There is an operation that cannot be gated. */
    UNGATEABLE("an operation that streams or answers later (--ungateable)"),
    /** The log can be read. */
    LOG("the receiver's log (--log)"),
    /** A gated transaction is ended by the database after a short time. */
    TRANSACTION_LIMIT("a transaction limit of at most 30 s (--transaction-limit)");

    private final String phrase;

    Ability(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
