package dev.nodoubt.services.transfer;

import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The service's own settings.
 *
 * @param seedAccounts how many demo accounts, 1001 and up, exist after the start, 0 to 10,000; 0 by default
 * @param seedBalance what each of them opens with, at least 0; 1,000,000.00 by default
 * @param deliveryTimeout how long the mail service is waited for when it is asked about a delivery, 1 ms to 10 s; 800 ms
 *     by default
 */
@ConfigurationProperties("transfer")
record TransferProperties(
        @DefaultValue("0") int seedAccounts,
        @DefaultValue("1000000.00") String seedBalance,
        @DefaultValue("800ms") Duration deliveryTimeout) {

    private static final Duration LONGEST_DELIVERY_TIMEOUT = Duration.ofSeconds(10);

    TransferProperties {
        if (seedAccounts < 0 || seedAccounts > 10_000) {
            throw new IllegalArgumentException("transfer.seed-accounts must be 0 to 10000, was " + seedAccounts);
        }
        if (deliveryTimeout.toMillis() < 1 || deliveryTimeout.compareTo(LONGEST_DELIVERY_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "transfer.delivery-timeout must be 1ms to 10s, was " + deliveryTimeout.toMillis() + "ms");
        }
        Money.balance("transfer.seed-balance", seedBalance);
    }

    BigDecimal openingBalance() {
        return Money.balance("transfer.seed-balance", seedBalance);
    }
}
