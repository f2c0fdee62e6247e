package dev.nodoubt.spring;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.RejectedException;
import dev.nodoubt.spring.BookingService.SeatTakenException;
import dev.nodoubt.spring.BookingService.SoldOutException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One method for each way to refuse, to be late, and to be watched. */
@RestController
class BookingController {

    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch disconnected = new CountDownLatch(1);

    private final BookingService bookings;

    BookingController(BookingService bookings) {
        this.bookings = bookings;
    }

    @Idempotent(rejects = 409)
    @PostMapping("/by-status")
    ResponseEntity<String> byStatus(@RequestBody String seat) {
        bookings.book(seat);
        return ResponseEntity.status(HttpStatus.CONFLICT).body(seat + " is taken");
    }

    @Idempotent(rejectedBy = SeatTakenException.class)
    @PostMapping("/by-exception")
    String byException(@RequestBody String seat) {
        bookings.book(seat);
        throw seat.startsWith("taken")
                ? new SeatTakenException()
                : new ResponseStatusException(HttpStatus.CONFLICT, "the row is locked");
    }

    @Idempotent
    @PostMapping("/by-annotation")
    String byAnnotation(@RequestBody String seat) {
        bookings.book(seat);
        throw new SoldOutException();
    }

    @Idempotent
    @PostMapping("/by-reply")
    String byReply(@RequestBody String seat) {
        bookings.book(seat);
        throw new RejectedException(Reply.of(409, Payload.json("{\"seat\":\"taken\"}")));
    }

    @Idempotent
    @PostMapping("/late")
    Object late(@RequestBody String kind) {
        bookings.book(kind);
        return switch (kind) {
            case "future" -> CompletableFuture.completedFuture("done");
            case "call" -> (Callable<String>) () -> "done";
            default -> ResponseEntity.ok(new SseEmitter());
        };
    }

    @Idempotent
    @PostMapping("/later")
    void later(HttpServletRequest request) {
        bookings.book("later");
        request.startAsync();
    }

    @Idempotent
    @PostMapping("/audited")
    String audited(@RequestBody String seat) {
        bookings.book(seat);
        bookings.audit(seat);
        throw new IllegalStateException("fails after both");
    }

    @Idempotent
    @PostMapping("/watched")
    String watched(@RequestBody String seat) throws InterruptedException {
        bookings.book(seat);
        entered.countDown();
        if (!disconnected.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody disconnected");
        }
        return "x".repeat(100_000);
    }

    @PostMapping("/around")
    void around(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        request.getRequestDispatcher("/routes/bookings").include(request, response);
    }
}
