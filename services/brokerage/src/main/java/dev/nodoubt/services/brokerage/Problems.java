package dev.nodoubt.services.brokerage;

import dev.nodoubt.call.CallStoreException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.exc.PropertyBindingException;

/** Says what is wrong in one form, RFC 9457, with the field, the rule and the value where there are such. */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String TYPE = "urn:nodoubt:brokerage:";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Refusal refusal) {
        return answer(problem(refusal.status(), refusal.type(), refusal.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidInput input) {
        return answer(problem(input));
    }

    /** The database cannot be reached, or lost this transaction: nothing is known to be wrong with the request. */
    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        RecoverableDataAccessException.class,
        TransientDataAccessException.class,
        CallStoreException.class
    })
    ResponseEntity<ProblemDetail> unavailable(RuntimeException failure) {
        LOG.warn(
                "the brokerage's database did not answer: {}",
                NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        ProblemDetail problem = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "database-unavailable",
                "the brokerage's database does not answer; ask again, with the same Idempotency-Key where there is one");
        return ResponseEntity.status(problem.getStatus())
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> broken(RuntimeException failure) {
        LOG.error("a request failed in a way that nobody foresaw", failure);
        return answer(problem(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "the request failed; the log says why"));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return createResponseEntity(problem(explained(unreadable)), headers, status, request);
    }

    private static InvalidInput explained(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInput input) {
                return input;
            }
            if (cause instanceof PropertyBindingException unknown) {
                return new InvalidInput(
                        "request body", "must have no field of another name", unknown.getPropertyName());
            }
        }
        return new InvalidInput("request body", "must be one JSON object in UTF-8", null);
    }

    private static ProblemDetail problem(InvalidInput input) {
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "invalid-input", input.getMessage());
        problem.setProperty("field", input.field());
        problem.setProperty("rule", input.rule());
        problem.setProperty("value", input.value());
        return problem;
    }

    private static ProblemDetail problem(HttpStatus status, String type, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPE + type));
        return problem;
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }
}
