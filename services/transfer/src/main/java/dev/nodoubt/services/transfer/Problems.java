package dev.nodoubt.services.transfer;

import dev.nodoubt.call.CallStoreException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
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

/** Says what is wrong in one form, RFC 9457, with the field, the rule and the value where there are such. */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String TYPE = "urn:nodoubt:transfer:";
    private static final String RETRY_SECONDS = "1";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Refusal refusal) {
        ProblemDetail problem = problem(refusal.status(), refusal.type(), refusal.getMessage());
        refusal.facts().forEach(problem::setProperty);
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidInput input) {
        return answer(problem(input));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooLarge(BodyTooLarge body) {
        return answer(problem(body));
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
        LOG.warn("the ledger's database did not answer: {}", rootMessage(failure));
        ProblemDetail problem = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "ledger-unavailable",
                "the ledger's database does not answer; ask again, with the same Idempotency-Key where there is one");
        return ResponseEntity.status(problem.getStatus())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
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
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge body) {
                ProblemDetail problem = problem(body);
                return createResponseEntity(problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
            }
        }
        return createResponseEntity(problem(JsonFaults.explain(unreadable)), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = mismatch.getPropertyName();
        InvalidInput input = new InvalidInput(
                name == null ? "parameter" : name, "must be a whole number", String.valueOf(mismatch.getValue()));
        return createResponseEntity(problem(input), headers, status, request);
    }

    private static ProblemDetail problem(BodyTooLarge body) {
        ProblemDetail problem = problem(HttpStatus.CONTENT_TOO_LARGE, "body-too-large", body.getMessage());
        problem.setProperty("field", "request body");
        problem.setProperty("rule", BodyTooLarge.RULE);
        return problem;
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

    private static @Nullable String rootMessage(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root.getMessage();
    }
}
