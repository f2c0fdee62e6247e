package dev.nodoubt.services.brokerage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Operator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a person found out about an order in doubt.
 *
 * @param executed whether the exchange has it; otherwise it does not and never will
 * @param by who says so, and why: audited, and kept with the call
 */
record Settlement(boolean executed, Operator by) {

    private static final Pattern OUTCOME = Pattern.compile("executed|never");
    private static final Pattern ACTOR = Pattern.compile("(?=.*\\S)[^\\x00]{1,200}", Pattern.DOTALL);
    private static final Pattern EVIDENCE = Pattern.compile("(?=.*\\S)[^\\x00]{1,1000}", Pattern.DOTALL);

    @JsonCreator
    static Settlement of(
            @JsonProperty("outcome") @Nullable JsonNode outcome,
            @JsonProperty("actor") @Nullable JsonNode actor,
            @JsonProperty("evidence") @Nullable JsonNode evidence) {
        boolean executed = Fields.text("outcome", outcome, OUTCOME, "must be executed or never")
                .equals("executed");
        String who = Fields.text("actor", actor, ACTOR, "must be text of 1 to 200 characters that says who settles it");
        String why = Fields.text("evidence", evidence, EVIDENCE, "must be text of 1 to 1000 characters that says why");
        return new Settlement(executed, new Operator(who, why));
    }

    Outcome outcome() {
        return executed ? new Outcome.Executed(Reply.of(200)) : Outcome.Never.of(Outcome.Why.BY_HAND);
    }
}
