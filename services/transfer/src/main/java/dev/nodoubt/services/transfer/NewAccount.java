package dev.nodoubt.services.transfer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An account to be opened.
 *
 * @param id chosen by the caller; null for the next free number
 * @param owner 1 to 100 code points
 * @param email who is told of money that arrives; null for nobody
 * @param balance what it opens with
 */
record NewAccount(
        @Nullable String id, String owner, @Nullable String email, BigDecimal balance) {

    private static final int LONGEST_OWNER = 100;

    @JsonCreator
    static NewAccount of(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("owner") @Nullable String owner,
            @JsonProperty("email") @Nullable String email,
            @JsonProperty("balance") @Nullable String balance) {
        if (owner == null || owner.isBlank()) {
            throw InvalidInput.missing("owner");
        }
        return new NewAccount(
                id == null ? null : Fields.accountId("id", id),
                Fields.line("owner", owner, LONGEST_OWNER),
                email == null ? null : Fields.email("email", email),
                balance == null ? BigDecimal.ZERO : Money.balance("balance", balance));
    }
}
