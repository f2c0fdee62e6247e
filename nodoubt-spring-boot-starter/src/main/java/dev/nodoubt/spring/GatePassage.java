package dev.nodoubt.spring;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/** That a request passed the gate's filter, kept as its attribute. Belongs to one thread. */
final class GatePassage {

    private static final String ATTRIBUTE = GatePassage.class.getName();

    private boolean handlerEntered;

    /** Lets this request reach gated methods. */
    static GatePassage open(ServletRequest request) {
        GatePassage passage = new GatePassage();
        request.setAttribute(ATTRIBUTE, passage);
        return passage;
    }

    static @Nullable GatePassage of(ServletRequest request) {
        return (GatePassage) request.getAttribute(ATTRIBUTE);
    }

    void enterHandler() {
        handlerEntered = true;
    }

    /** Whether a controller method began to run: before that, every refusal says nothing of the key. */
    boolean handlerEntered() {
        return handlerEntered;
    }
}
