package dev.nodoubt.services.transfer;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An account as it stands.
 *
 * @param id chosen at creation or the next free number
 * @param owner for people
 * @param email who is told of money that arrives; null for nobody
 * @param balance never negative, two decimals
 */
record Account(
        String id,
        String owner,
        @Nullable String email,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal balance) {}
