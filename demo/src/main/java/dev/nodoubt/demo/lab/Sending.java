package dev.nodoubt.demo.lab;

import java.util.List;
import java.util.Set;

/**
 * What a person wants sent.
 *
 * @param to who is paid and gets the mail: 1 to 60 characters on one line, none of them {@code #}, by which the network
 *     finds a transfer's number
 * @param memo free text on one line, up to 120 characters
 * @param fault what is to happen
 * @param attempts how many attempts, from the first, meet a fault of the network
 * @param lanes in which ways, each once
 * @param again whether the same request is sent a second time while the first is still worked on
 */
record Sending(String to, String memo, LabFault fault, int attempts, List<String> lanes, boolean again) {

    static final String PAYER = "nodoubt lab";

    Sending {
        require(isLine(to, 60) && !to.isBlank() && to.indexOf('#') < 0 && !to.equals(PAYER), "refused_to");
        require(isLine(memo, 120), "refused_memo");
        require(attempts > 0, "refused_attempts");
        require(!lanes.isEmpty() && Set.copyOf(lanes).size() == lanes.size(), "refused_lanes");
        lanes = List.copyOf(lanes);
    }

    private static boolean isLine(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                && text.codePoints().noneMatch(Sending::breaksLines);
    }

    private static boolean breaksLines(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new Refused(reason);
        }
    }
}
