package dev.nodoubt.services.mail;

import dev.nodoubt.staged.IntentState;
import dev.nodoubt.staged.Withdrawal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * A notification was not taken back: its mail has left, or may have. 409 says that this may change, 410 that it will not,
 * because generic clients repeat what was answered with 409.
 */
final class NotWithdrawn extends RuntimeException {

    private final transient Withdrawal withdrawal;
    private final transient Delivery delivery;

    NotWithdrawn(Withdrawal withdrawal, Delivery delivery) {
        super("notification " + delivery.id() + " was not withdrawn: " + withdrawal);
        this.withdrawal = withdrawal;
        this.delivery = delivery;
    }

    /** Whether asking again in a moment is worth it. */
    boolean inProgress() {
        return withdrawal instanceof Withdrawal.InProgress;
    }

    ProblemDetail problem() {
        if (withdrawal instanceof Withdrawal.TooLate late) {
            String detail = late.state() == IntentState.SENT
                    ? "the mail server has taken the mail: it cannot be withdrawn any more"
                    : "the mail server refused the mail for good: it is not sent again, there is nothing to withdraw";
            return problem(HttpStatus.GONE, "delivery-ended", late.state(), detail);
        }
        if (inProgress()) {
            return problem(
                    HttpStatus.CONFLICT,
                    "delivery-in-progress",
                    IntentState.SENDING,
                    "the mail is being sent at this moment: ask again");
        }
        return problem(
                HttpStatus.CONFLICT,
                "delivery-in-doubt",
                IntentState.IN_DOUBT,
                "the mail server did not say whether it took the mail: look for its Message-ID in that server's log, or"
                        + " ask the recipient; "
                        + (delivery.times().nextAt() == null
                                ? "it is not sent again"
                                : "the same message is sent again at "
                                        + delivery.times().nextAt()));
    }

    private ProblemDetail problem(HttpStatus status, String type, IntentState state, String detail) {
        ProblemDetail problem = Problems.problem(status, type, detail);
        problem.setProperty("state", state.word());
        problem.setProperty("doubts", delivery.doubts());
        problem.setProperty("messageId", delivery.messageId());
        return problem;
    }
}
