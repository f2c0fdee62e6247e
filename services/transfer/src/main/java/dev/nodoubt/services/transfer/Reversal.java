package dev.nodoubt.services.transfer;

import org.jspecify.annotations.Nullable;

/**
 * How a transfer takes part in a reversal.
 *
 * @param state {@code reversed}, {@code reversal-refused} or, of the transfer that gave the money back, {@code reverses}
 * @param transfer the other one; null of a refused reversal
 * @param why a person must look; null unless refused
 */
record Reversal(
        String state, @Nullable String transfer, @Nullable String why) {

    static Reversal reversedBy(long transfer) {
        return new Reversal("reversed", String.valueOf(transfer), null);
    }

    static Reversal refused(String why) {
        return new Reversal("reversal-refused", null, why);
    }

    static Reversal reverses(long transfer) {
        return new Reversal("reverses", String.valueOf(transfer), null);
    }
}
