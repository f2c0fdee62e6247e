package dev.nodoubt.spring;

import java.util.List;
import java.util.Objects;
import org.springframework.web.method.HandlerMethod;

/** A controller method with {@link Idempotent}. */
record GatedMethod(HandlerMethod handler, GatedOperation operation) {

    /** @throws StartupException when the annotation says what cannot be */
    static GatedMethod of(HandlerMethod handler) {
        Idempotent said = Objects.requireNonNull(handler.getMethodAnnotation(Idempotent.class));
        String name = "@Idempotent method " + handler.getShortLogMessage();
        try {
            Rejections rejections = Rejections.of(said.rejects(), List.of(said.rejectedBy()));
            return new GatedMethod(handler, new GatedOperation(name, rejections, said.isolation()));
        } catch (IllegalArgumentException e) {
            throw new StartupException("ND-0409", name, String.valueOf(e.getMessage()));
        }
    }
}
