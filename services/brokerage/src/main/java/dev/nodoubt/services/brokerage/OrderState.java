package dev.nodoubt.services.brokerage;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where an order stands. The last three are final. */
enum OrderState {
    /** It is on its way, or is being brought to its outcome. */
    WAITING,
    /** Nobody can know by asking whether the exchange has it; a person must look. */
    IN_DOUBT,
    /** The exchange has it, once. */
    ACCEPTED,
    /** The exchange refused it. */
    REJECTED,
    /** The exchange does not have it and never will. */
    NEVER;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static OrderState ofWord(String field, String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        field,
                        "must be one of "
                                + Arrays.stream(values()).map(OrderState::word).collect(Collectors.joining(", ")),
                        word));
    }
}
