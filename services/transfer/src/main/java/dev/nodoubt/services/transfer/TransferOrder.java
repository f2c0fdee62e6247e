package dev.nodoubt.services.transfer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be transferred. Whatever breaks a rule of form never becomes one.
 *
 * @param from the account that pays
 * @param to the account that receives, another one
 * @param amount more than zero, two decimals
 * @param memo at most 140 code points on one line, may be empty
 */
record TransferOrder(String from, String to, BigDecimal amount, String memo) {

    private static final int LONGEST_MEMO = 140;

    TransferOrder {
        if (from.equals(to)) {
            throw new InvalidInput("to", "must be another account than from", to);
        }
    }

    /** The same money the other way. */
    TransferOrder back(String why) {
        return new TransferOrder(to, from, amount, why);
    }

    @JsonCreator
    static TransferOrder of(
            @JsonProperty("from") @Nullable String from,
            @JsonProperty("to") @Nullable String to,
            @JsonProperty("amount") @Nullable String amount,
            @JsonProperty("memo") @Nullable String memo) {
        return new TransferOrder(
                Fields.accountId("from", from),
                Fields.accountId("to", to),
                Money.amount("amount", amount),
                memo == null ? "" : Fields.line("memo", memo, LONGEST_MEMO));
    }
}
