package dev.nodoubt.test.conformance;

/**
 * What the test operation's handler is to do, as its orders name it.
 *
 * @param word the value of {@code behave}
 */
public record Behaviour(String word) {

    /** Leave the effect and answer 201. */
    public static final Behaviour OK = new Behaviour("ok");

    /** Leave the effect and answer 204. */
    public static final Behaviour EMPTY = new Behaviour("empty");

    /** Leave the effect and throw. */
    public static final Behaviour FAIL = new Behaviour("fail");

    /** Leave the effect, wait until released, answer 201. */
    public static final Behaviour HOLD = new Behaviour("hold");

    /** Leave the effect, wait until released, throw. */
    public static final Behaviour HOLD_AND_FAIL = new Behaviour("hold-fail");

    /** Leave the effect, end the gate's transaction from inside, answer 201. */
    public static final Behaviour BREAK = new Behaviour("break");

    /** Leave the effect, and something for which the database refuses the COMMIT; answer 201. */
    public static final Behaviour REFUSE = new Behaviour("refuse");

    /** Leave the effect and answer with this status. */
    public static Behaviour status(int status) {
        return new Behaviour("status:" + status);
    }

    /** Leave the effect and answer with so many bytes. */
    public static Behaviour large(int bytes) {
        return new Behaviour("large:" + bytes);
    }
}
