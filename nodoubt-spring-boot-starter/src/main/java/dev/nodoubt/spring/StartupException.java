package dev.nodoubt.spring;

/** The application is wired so that a promise could not be kept: it does not start. */
final class StartupException extends RuntimeException {

    private final String action;

    StartupException(String problem, String action) {
        super(problem + " " + action);
        this.action = action;
    }

    /** What to do, for a person. */
    String action() {
        return action;
    }

    String problem() {
        String message = String.valueOf(getMessage());
        return message.substring(0, message.length() - action.length()).stripTrailing();
    }
}
