package dev.nodoubt.services.mail;

/** Who may call is configured wrongly: the service does not start. Neither text holds a token. */
final class InvalidCallers extends RuntimeException {

    private final String problem;
    private final String action;

    InvalidCallers(String problem, String action) {
        super(problem + " " + action);
        this.problem = problem;
        this.action = action;
    }

    String problem() {
        return problem;
    }

    /** What to do, for a person. */
    String action() {
        return action;
    }
}
