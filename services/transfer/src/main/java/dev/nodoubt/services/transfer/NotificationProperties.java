package dev.nodoubt.services.transfer;

import dev.nodoubt.call.Call;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the receiver of money is told: the properties under {@code transfer.mail}.
 *
 * @param remedy the name of a {@link Remedy}
 * @param deadline how long after the transfer it is still tried to have its mail taken, more than 0 and at most 13 days; 24
 *     hours by default. Its end means that the mail is fenced, and the notification's outcome never
 * @param onNever what becomes of the transfer then; kept by default
 * @param database that this service shares with the mail service, where the remedy needs one
 */
@ConfigurationProperties("transfer.mail")
record NotificationProperties(
        @DefaultValue("nodoubt") String remedy,
        @DefaultValue("24h") Duration deadline,
        @DefaultValue("keep") OnNever onNever,
        @DefaultValue Database database) {

    /** What becomes of a transfer whose notification is never. */
    enum OnNever {
        /** It stands, and shows the outcome. */
        KEEP,
        /** The money goes back, in the transaction in which that outcome is recorded. */
        REVERSE
    }

    /**
     * A database. {@code toString} shows neither the address nor the password.
     *
     * @param url a JDBC address; null for this service's own database
     */
    record Database(
            @Nullable String url,
            @Nullable String username,
            @Nullable String password) {

        Database {
            if (url != null && !url.startsWith("jdbc:")) {
                throw new IllegalArgumentException(
                        "transfer.mail.database.url must be a JDBC address, as in jdbc:postgresql://host:5432/mail");
            }
            if (url == null && (username != null || password != null)) {
                throw new IllegalArgumentException("transfer.mail.database.url is missing: set it beside username and"
                        + " password, or leave all of them away to share this service's own database");
            }
        }

        @Override
        public String toString() {
            return url == null ? "this service's own database" : "a database of its own";
        }
    }

    NotificationProperties {
        Remedy.named(remedy);
        if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(Call.LONGEST_DEADLINE) > 0) {
            throw new IllegalArgumentException("transfer.mail.deadline must be more than 0 and at most "
                    + Call.LONGEST_DEADLINE.toDays() + "d, was " + deadline);
        }
    }
}
