package dev.nodoubt.services.exchange;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads an order from a request's body. A price is a string, so that nobody on the way makes it a floating-point number. */
final class OrderReader {

    private static final Set<String> FIELDS = Set.of("symbol", "side", "quantity", "price");
    private static final String DECIMAL = "[0-9]{1,18}(\\.[0-9]{1,9})?";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private OrderReader() {}

    /** @throws IllegalArgumentException that names the field and the rule */
    static Order read(byte[] body) {
        JsonNode fields = object(body);
        for (Iterator<String> names = fields.propertyNames().iterator(); names.hasNext(); ) {
            String name = names.next();
            require(FIELDS.contains(name), "an order has the fields symbol, side, quantity and price, and no other");
        }
        JsonNode quantity = fields.path("quantity");
        require(quantity.isIntegralNumber() && quantity.canConvertToLong(), "quantity must be a whole JSON number");
        String price = text(fields, "price");
        require(
                price.matches(DECIMAL),
                "price must be a decimal number in a JSON string, as \"70000\" or \"70000.50\"");
        return new Order(text(fields, "symbol"), side(text(fields, "side")), quantity.asLong(), new BigDecimal(price));
    }

    private static JsonNode object(byte[] body) {
        try {
            JsonNode fields = JSON.readTree(body);
            require(fields.isObject(), "the body must be one JSON object");
            return fields;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the body must be one JSON object in UTF-8", e);
        }
    }

    private static String text(JsonNode fields, String name) {
        JsonNode field = fields.path(name);
        require(field.isString(), name + " must be a JSON string");
        return field.asString();
    }

    private static Side side(String word) {
        return switch (word) {
            case "buy" -> Side.BUY;
            case "sell" -> Side.SELL;
            default -> throw new IllegalArgumentException("side must be buy or sell");
        };
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
