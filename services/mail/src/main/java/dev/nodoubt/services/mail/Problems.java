package dev.nodoubt.services.mail;

import dev.nodoubt.staged.StagedStoreException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.NonTransientDataAccessResourceException;
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
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Turns every error into problem details (RFC 9457) that say what to change and repeat no content. */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    ProblemDetail invalid(InvalidField e) {
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "invalid-field", e.getMessage());
        problem.setProperty("field", e.field());
        problem.setProperty("rule", e.rule());
        problem.setProperty("value", e.value());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail unknown(UnknownNotification e) {
        return problem(HttpStatus.NOT_FOUND, "unknown-notification", e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unknown(UnknownRequest e) {
        return problem(HttpStatus.NOT_FOUND, "unknown-request", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notWithdrawn(NotWithdrawn e) {
        ProblemDetail problem = e.problem();
        ResponseEntity.BodyBuilder response = ResponseEntity.status(problem.getStatus());
        if (e.inProgress()) {
            response.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return response.body(problem);
    }

    @ExceptionHandler
    ProblemDetail tooLarge(BodyTooLarge e) {
        return problem(HttpStatus.CONTENT_TOO_LARGE, "body-too-large", e.getMessage());
    }

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        TransientDataAccessException.class,
        RecoverableDataAccessException.class,
        NonTransientDataAccessResourceException.class,
        StagedStoreException.class
    })
    ResponseEntity<ProblemDetail> databaseAway(Exception e) {
        LOG.warn("a request is refused, the database is not available: {}", e.getMessage());
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "store-unavailable",
                        "the service's database cannot be reached now; repeat the request"));
    }

    @ExceptionHandler
    ProblemDetail failed(Exception e) {
        LOG.error("a request failed", e);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "internal-error", "the request failed; the log says why");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String where = "";
        if (e.getCause() instanceof JacksonException json && json.getLocation() != null) {
            TokenStreamLocation at = json.getLocation();
            where = ", is broken at line " + at.getLineNr() + ", column " + at.getColumnNr();
        }
        ProblemDetail problem = problem(
                HttpStatus.BAD_REQUEST,
                "malformed-body",
                "request body must be one JSON object with to, subject and text" + where);
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        InvalidField invalid = new InvalidField("id", "must be a UUID", String.valueOf(e.getValue()));
        return handleExceptionInternal(e, invalid(invalid), headers, status, request);
    }

    /** The types have the form of the gate's own. */
    static ProblemDetail problem(HttpStatus status, String type, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(detail));
        problem.setType(URI.create("urn:nodoubt:problem:" + type));
        return problem;
    }
}
