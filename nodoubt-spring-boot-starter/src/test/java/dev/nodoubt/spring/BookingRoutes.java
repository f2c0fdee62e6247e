package dev.nodoubt.spring;

import static org.springframework.web.servlet.function.RequestPredicates.path;
import static org.springframework.web.servlet.function.RouterFunctions.route;

import dev.nodoubt.spring.BookingService.SeatTakenException;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The same business behind gated handler functions. */
@Configuration(proxyBeanMethods = false)
class BookingRoutes {

    static final String FULL = "X-Full";

    private final BookingService bookings;

    BookingRoutes(BookingService bookings) {
        this.bookings = bookings;
    }

    record Booking(String seat) {}

    @Bean
    RouterFunction<ServerResponse> gated() {
        return route().nest(
                        path("/routes"),
                        nested -> nested.POST("/bookings", IdempotentHandler.of(BookingRoutes::read, this::book))
                                .POST("/plain", IdempotentHandler.of(this::plain))
                                .POST(
                                        "/declared",
                                        IdempotentHandler.of(this::refuse).rejects(409))
                                .POST(
                                        "/thrown",
                                        IdempotentHandler.of(this::refuse).rejectedBy(SeatTakenException.class))
                                .POST("/late/{kind}", IdempotentHandler.of(this::late))
                                .GET(
                                        "/plain",
                                        IdempotentHandler.of(
                                                request -> ServerResponse.ok().body("read")))
                                .POST("/open", request -> ServerResponse.ok().body("open"))
                                .before(BookingRoutes::refuseWhenFull)
                                .onError(
                                        SeatTakenException.class,
                                        (e, request) -> ServerResponse.status(HttpStatus.CONFLICT)
                                                .body("taken")))
                .build();
    }

    /** As a library might bring one: nobody can look into it. */
    @Bean
    RouterFunction<ServerResponse> opaque() {
        IdempotentHandler handler = IdempotentHandler.of(this::plain);
        return request -> request.path().equals("/opaque") ? Optional.of(handler) : Optional.empty();
    }

    @Bean
    RouterFunction<ServerResponse> greedy() {
        RequestPredicate reads = request -> {
            try {
                return request.body(Booking.class).seat().equals("greedy");
            } catch (ServletException | IOException e) {
                throw new IllegalStateException(e);
            }
        };
        return route(path("/greedy").and(reads), IdempotentHandler.of(request -> {
            bookings.book("greedy");
            return ServerResponse.ok().build();
        }));
    }

    private static ServerRequest refuseWhenFull(ServerRequest request) {
        if (request.headers().firstHeader(FULL) != null) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return request;
    }

    private static Booking read(ServerRequest request) throws Exception {
        Booking booking = request.body(Booking.class);
        if (booking.seat().isBlank()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return booking;
    }

    private ServerResponse book(ServerRequest request, Booking booking) {
        bookings.book(booking.seat());
        return switch (booking.seat()) {
            case "broken" -> throw new IllegalStateException("fails after its insert");
            case "refused" -> ServerResponse.unprocessableContent().body("no such seat");
            case "busy" -> ServerResponse.status(HttpStatus.CONFLICT).build();
            default ->
                ServerResponse.created(URI.create("/routes/bookings/" + booking.seat()))
                        .body(booking);
        };
    }

    private ServerResponse plain(ServerRequest request) throws Exception {
        Booking booking = request.body(Booking.class);
        bookings.book(booking.seat());
        return ServerResponse.ok().body("booked");
    }

    private ServerResponse refuse(ServerRequest request) throws Exception {
        Booking booking = request.body(Booking.class);
        bookings.book(booking.seat());
        if (booking.seat().startsWith("taken")) {
            throw new SeatTakenException();
        }
        return ServerResponse.status(HttpStatus.CONFLICT).body("locked");
    }

    private ServerResponse late(ServerRequest request) {
        String kind = request.pathVariable("kind");
        bookings.book(kind);
        return switch (kind) {
            case "async" -> ServerResponse.async(new CompletableFuture<ServerResponse>());
            case "sse" -> ServerResponse.sse(events -> events.complete());
            case "stream" -> ServerResponse.ok().stream(stream -> {});
            default -> ServerResponse.ok().body(CompletableFuture.completedFuture("done"));
        };
    }
}
