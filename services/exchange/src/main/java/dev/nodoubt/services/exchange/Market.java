package dev.nodoubt.services.exchange;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The rules of trading: what breaks one is refused for good, whenever it is asked. */
final class Market {

    private static final BigDecimal BAND = new BigDecimal("0.30");

    private static final Map<String, Security> LISTED = Map.of(
            "HANB", new Security(new BigDecimal("50000"), 1),
            "MIRU", new Security(new BigDecimal("12000"), 10),
            "SORA", new Security(new BigDecimal("250000"), 1),
            "DARO", new Security(new BigDecimal("3400"), 100));

    private Market() {}

    /**
     * A security.
     *
     * @param reference the price of the day before
     * @param lot the smallest quantity, and the step
     */
    private record Security(BigDecimal reference, int lot) {

        private BigDecimal lowest() {
            return reference.multiply(BigDecimal.ONE.subtract(BAND)).setScale(0, RoundingMode.CEILING);
        }

        private BigDecimal highest() {
            return reference.multiply(BigDecimal.ONE.add(BAND)).setScale(0, RoundingMode.FLOOR);
        }
    }

    /** Why the order is refused; empty when it is not. */
    static Optional<String> refusal(Order order) {
        Security security = LISTED.get(order.symbol());
        if (security == null) {
            return Optional.of("symbol " + order.symbol() + " is not listed; listed are "
                    + String.join(", ", new TreeSet<>(LISTED.keySet())));
        }
        if (order.quantity() % security.lot() != 0) {
            return Optional.of("quantity of " + order.symbol() + " must be a multiple of its lot, " + security.lot()
                    + ", was " + order.quantity());
        }
        BigDecimal price = order.price();
        if (price.compareTo(security.lowest()) < 0 || price.compareTo(security.highest()) > 0) {
            return Optional.of("price of " + order.symbol() + " must be " + security.lowest() + " to "
                    + security.highest() + " today, was " + price.toPlainString());
        }
        return Optional.empty();
    }
}
