package dev.nodoubt.services.transfer;

import dev.nodoubt.call.Call;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the receiver of money is told: the properties under {@code transfer.mail}.
 *
 * @param deadline how long after the transfer it is still tried to have its mail taken, more than 0 and at most 13 days; 24
 *     hours by default. Its end means that the mail is fenced, and the notification's outcome never
 * @param onNever what becomes of the transfer then; kept by default
 */
@ConfigurationProperties("transfer.mail")
record NotificationProperties(
        @DefaultValue("24h") Duration deadline,
        @DefaultValue("keep") OnNever onNever) {

    /** What becomes of a transfer whose notification is never. */
    enum OnNever {
        /** It stands, and shows the outcome. */
        KEEP,
        /** The money goes back, in the transaction in which that outcome is recorded. */
        REVERSE
    }

    NotificationProperties {
        if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(Call.LONGEST_DEADLINE) > 0) {
            throw new IllegalArgumentException("transfer.mail.deadline must be more than 0 and at most "
                    + Call.LONGEST_DEADLINE.toDays() + "d, was " + deadline);
        }
    }
}
