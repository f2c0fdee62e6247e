package dev.nodoubt.spring;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class OrderController {

    private final OrderService service;

    OrderController(OrderService service) {
        this.service = service;
    }

    record Order(@NotBlank String item) {}

    @Idempotent
    @PostMapping(path = "/orders", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> order(@Valid @RequestBody Order order) {
        long id = service.place(order.item());
        if (order.item().startsWith("broken")) {
            throw new IllegalStateException("the handler fails after its insert");
        }
        if (order.item().startsWith("denied")) {
            throw new AccessDeniedException("as a security annotation on this method would throw");
        }
        if (order.item().startsWith("busy")) {
            throw new ResponseStatusException(HttpStatus.CONFLICT);
        }
        if (order.item().startsWith("unknown")) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return ResponseEntity.created(URI.create("/orders/" + id))
                .header("X-Trace", "first")
                .body(Map.of("id", id, "item", order.item()));
    }

    @Idempotent
    @PostMapping("/forms")
    void form(@RequestParam String item, HttpServletResponse response) throws IOException {
        service.place(item);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print("주문 " + item);
    }

    @Idempotent
    @RequestMapping("/bare")
    String bare(@RequestBody(required = false) byte[] body) {
        return "had " + (body == null ? 0 : body.length);
    }

    @PostMapping("/ungated")
    String ungated(@RequestBody String item) {
        service.place(item);
        return "done";
    }

    @ExceptionHandler
    ProblemDetail outOfStock(OrderService.OutOfStockException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(e.getMessage()));
    }
}
