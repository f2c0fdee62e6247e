package dev.nodoubt.spring;

/** Where a request leads. */
sealed interface Way {

    /** To a gated handler. */
    record Gated(GatedOperation operation) implements Way {}

    /** To no handler at all, by the path of a gated method: a wrong method, media type or the like. */
    record Refused() implements Way {}

    /** Elsewhere. */
    record Open() implements Way {}
}
