package dev.nodoubt.services.brokerage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What somebody wants to trade. Whatever breaks a rule of form never becomes one; the rules of the market are the
 * exchange's.
 *
 * @param side {@code buy} or {@code sell}
 * @param quantity more than zero
 * @param price of one, more than zero
 */
record NewOrder(String symbol, String side, long quantity, BigDecimal price) {

    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{1,16}");
    private static final Pattern SIDE = Pattern.compile("buy|sell");
    private static final Pattern PRICE = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,4})?");
    private static final long MOST = 1_000_000_000;

    @JsonCreator
    static NewOrder of(
            @JsonProperty("symbol") @Nullable JsonNode symbol,
            @JsonProperty("side") @Nullable JsonNode side,
            @JsonProperty("quantity") @Nullable JsonNode quantity,
            @JsonProperty("price") @Nullable JsonNode price) {
        return new NewOrder(
                Fields.text("symbol", symbol, SYMBOL, "must be 1 to 16 capital letters or digits (A-Z 0-9)"),
                Fields.text("side", side, SIDE, "must be buy or sell"),
                Fields.number("quantity", quantity, 1, MOST),
                price(price));
    }

    private static BigDecimal price(@Nullable JsonNode value) {
        String text = Fields.text(
                "price", value, PRICE, "must be a decimal number in a JSON string, as \"50000\" or \"50000.50\"");
        BigDecimal price = new BigDecimal(text);
        if (price.signum() == 0) {
            throw new InvalidInput("price", "must be more than 0", text);
        }
        return price;
    }
}
