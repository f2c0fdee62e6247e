package dev.nodoubt.services.brokerage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a person found out about an order in doubt.
 *
 * @param executed whether the exchange has it; otherwise it does not and never will
 * @param evidence who says so and why, 1 to 1,000 characters
 */
record Settlement(boolean executed, String evidence) {

    private static final Pattern OUTCOME = Pattern.compile("executed|never");
    private static final Pattern EVIDENCE = Pattern.compile("(?=.*\\S)[^\\x00]{1,1000}", Pattern.DOTALL);

    @JsonCreator
    static Settlement of(
            @JsonProperty("outcome") @Nullable JsonNode outcome,
            @JsonProperty("evidence") @Nullable JsonNode evidence) {
        return new Settlement(
                Fields.text("outcome", outcome, OUTCOME, "must be executed or never")
                        .equals("executed"),
                Fields.text(
                        "evidence", evidence, EVIDENCE, "must be text of 1 to 1000 characters that says who and why"));
    }

    Outcome outcome() {
        return executed ? new Outcome.Executed(Reply.of(200)) : Outcome.Never.of(Outcome.Why.BY_HAND);
    }
}
