package dev.nodoubt.call;

/**
 * Who does something to calls or targets, and why: written with what was done.
 *
 * @param actor a user's name, 1 to 200 characters; who that is was established by the application
 * @param reason in the operator's words, at most 1,000 characters; may be empty where an action asks for none
 */
public record Operator(String actor, String reason) {

    /** In characters. */
    public static final int LONGEST_REASON = 1_000;

    public Operator {
        if (actor.isBlank() || actor.length() > 200) {
            throw new IllegalArgumentException("operator: actor must have 1 to 200 characters, had " + actor.length());
        }
        if (reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "operator: reason must have at most " + LONGEST_REASON + " characters, had " + reason.length());
        }
    }

    /** Without a reason. */
    public static Operator named(String actor) {
        return new Operator(actor, "");
    }
}
