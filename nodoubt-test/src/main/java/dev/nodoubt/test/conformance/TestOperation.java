package dev.nodoubt.test.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The operation that receivers offer for this suite; what it is stands in the package's description. */
public final class TestOperation implements Subject {

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    private final Client client;
    private final String token;

    /**
     * The test operation at the receiver's path.
     *
     * @param token a bearer token for the questions beside the operation; empty for none
     */
    public TestOperation(Receiver receiver, String token) {
        this.client = new Client(receiver, Duration.ofSeconds(20));
        this.token = token;
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.of(Ability.EFFECTS, Ability.STEERING, Ability.HOLDING, Ability.INVALID_BODY, Ability.JSON);
    }

    @Override
    public Body order(String mark, String note, Behaviour behaviour) {
        return Body.json(
                "{\"effect\":\"" + mark + "\",\"note\":\"" + note + "\",\"behave\":\"" + behaviour.word() + "\"}");
    }

    @Override
    public Body invalidOrder() {
        return Body.json("{\"note\":\"an order without effect\"}");
    }

    @Override
    public long effects(String mark) throws IOException {
        Response response = ask("GET", "/effects/" + mark);
        String text = new String(response.body(), StandardCharsets.UTF_8).strip();
        response.require(
                response.status() == 200 && COUNT.matcher(text).matches(),
                "the count of effects must be 200 with a bare number");
        return Long.parseLong(text);
    }

    @Override
    public boolean held(String mark) throws IOException {
        return ask("GET", "/held/" + mark).status() == 204;
    }

    @Override
    public void release(String mark) throws IOException {
        ask("DELETE", "/held/" + mark);
    }

    private Response ask(String method, String below) throws IOException {
        return client.send(client.request(method, client.receiver().path() + below, token));
    }
}
