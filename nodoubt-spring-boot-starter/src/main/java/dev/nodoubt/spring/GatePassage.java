package dev.nodoubt.spring;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/** That a request passed the gate's filter, and how its handler fares, kept as its attribute. Belongs to one thread. */
final class GatePassage {

    private static final String ATTRIBUTE = GatePassage.class.getName();

    private final boolean gated;
    private boolean handlerEntered;
    private boolean unsupported;
    private @Nullable Throwable thrown;

    private GatePassage(boolean gated) {
        this.gated = gated;
    }

    /** Lets this request reach gated handlers, though without a key and outside the gate's transaction. */
    static GatePassage open(ServletRequest request) {
        return begin(request, false);
    }

    /** Lets this request reach gated handlers, inside the gate's transaction. */
    static GatePassage gate(ServletRequest request) {
        return begin(request, true);
    }

    private static GatePassage begin(ServletRequest request, boolean gated) {
        GatePassage passage = new GatePassage(gated);
        request.setAttribute(ATTRIBUTE, passage);
        return passage;
    }

    static @Nullable GatePassage of(ServletRequest request) {
        return (GatePassage) request.getAttribute(ATTRIBUTE);
    }

    void enterHandler() {
        handlerEntered = true;
    }

    /** The handler gave up before its effect, because it could not read the request. */
    void turnBack() {
        handlerEntered = false;
    }

    /** Whether a handler began to run: before that, every refusal says nothing of the key. */
    boolean handlerEntered() {
        return handlerEntered;
    }

    /** @throws IllegalStateException when the value goes on after its handler, which the gate then rolls back */
    void leaveWith(@Nullable Object returned) {
        thrown = null;
        if (gated && returned != null && LateReply.is(returned)) {
            goOnLater();
            throw new IllegalStateException("a gated handler returned a "
                    + returned.getClass().getName() + ", which ends after the handler does: return the complete reply");
        }
    }

    /** The handler wants to go on after it returned, which cannot be gated. */
    void goOnLater() {
        unsupported = true;
    }

    void leaveBy(Throwable failure) {
        thrown = failure;
    }

    /** What left the last handler; null when it returned. */
    @Nullable
    Throwable thrown() {
        return thrown;
    }

    /** Whether the handler's reply could not be gated. */
    boolean unsupported() {
        return unsupported;
    }
}
