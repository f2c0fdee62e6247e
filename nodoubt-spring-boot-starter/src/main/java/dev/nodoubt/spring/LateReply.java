package dev.nodoubt.spring;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.function.AsyncServerResponse;
import org.springframework.web.servlet.function.EntityResponse;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Tells a reply that ends after its handler: its effect and reply could not commit together. */
final class LateReply {

    private static final Set<Class<?>> TYPES = Set.of(
            AsyncServerResponse.class,
            Callable.class,
            CompletionStage.class,
            DeferredResult.class,
            Flow.Publisher.class,
            ResponseBodyEmitter.class,
            StreamingResponseBody.class,
            WebAsyncTask.class);

    /** By name, because they are not public or need not be there. */
    private static final Set<String> NAMES = Set.of(
            "org.reactivestreams.Publisher",
            "org.springframework.web.servlet.function.SseServerResponse",
            "org.springframework.web.servlet.function.StreamingServerResponse");

    private LateReply() {}

    /** Whether a declared type, or what it holds, is one. */
    static boolean isDeclared(ResolvableType returned) {
        return Stream.concat(Stream.of(returned), Arrays.stream(returned.getGenerics()))
                .anyMatch(type -> isLate(type.toClass()));
    }

    /** Whether what a handler returned, or its body, is one. */
    static boolean is(Object returned) {
        Object body = returned;
        if (returned instanceof HttpEntity<?> entity) {
            body = entity.getBody();
        } else if (returned instanceof EntityResponse<?> entity) {
            body = entity.entity();
        }
        return isLate(returned.getClass()) || (body != null && isLate(body.getClass()));
    }

    private static boolean isLate(Class<?> type) {
        return TYPES.stream().anyMatch(late -> late.isAssignableFrom(type))
                || NAMES.contains(type.getName())
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
    }
}
