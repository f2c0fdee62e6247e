package dev.nodoubt.services.exchange;

import java.math.BigDecimal;

/**
 * What somebody wants to trade. Two orders with the same content are equal: {@code 10} and {@code 10.00} are one price.
 *
 * @param symbol of a security, not blank
 * @param quantity more than zero
 * @param price of one, more than zero
 */
record Order(String symbol, Side side, long quantity, BigDecimal price) {

    Order {
        require(!symbol.isBlank() && symbol.length() <= 16, "symbol must have 1 to 16 characters");
        require(quantity > 0, "quantity must be more than 0, was " + quantity);
        require(
                price.signum() > 0 && price.precision() <= 18 && Math.abs(price.scale()) <= 9,
                "price must be more" + " than 0 and have at most 18 digits, 9 of them after the point");
        BigDecimal plain = price.stripTrailingZeros();
        price = plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
