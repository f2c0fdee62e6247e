package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.AfterCommitLane;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.NaiveLane;
import dev.nodoubt.demo.lane.NoDoubtLane;
import dev.nodoubt.demo.lane.OrdersLane;
import dev.nodoubt.demo.lane.OrdersResendLane;
import dev.nodoubt.demo.lane.Pace;
import dev.nodoubt.demo.lane.Settling;
import dev.nodoubt.test.EmbeddedPostgres;
import java.util.Optional;

/** Makes lanes of what was started. */
record Lanes(Stage.Set set, Options options, Pace pace) {

    Lane lane(String name) {
        EmbeddedPostgres server = set.transferServer();
        return switch (name) {
            case "naive" -> new NaiveLane(server.createDatabase(name), set.mail(), pace);
            case "separate" -> AfterCommitLane.separate(server.createDatabase(name), set.mail(), pace);
            case "retry" -> AfterCommitLane.retry(server.createDatabase(name), set.mail(), pace);
            case "nodoubt" ->
                new NoDoubtLane(Stage.loopback(options.ports().transfer()), server.dataSource(Stage.TRANSFER), pace);
            case "orders-resend" -> new OrdersResendLane(orders().resendExchange(), pace, Orders.LATE.toMillis());
            case "orders" -> new OrdersLane(orders().brokerage(), orders().database(), orders().exchange(), pace);
            default -> remedyLane(name, server);
        };
    }

    /** Waits until nothing of a lane is under way. */
    Settling settling(String lane) {
        return remedy(lane).map(Remedies.Places::settling).orElseGet(set::settling);
    }

    /** What a lane of a mail service without a gate runs on; empty for the others. */
    Optional<Remedies.Places> remedy(String lane) {
        return Optional.ofNullable(set.remedies().get(lane.replace("-resend", "")));
    }

    private Orders.Places orders() {
        return set.orders().orElseThrow(() -> new IllegalStateException("no exchange was started"));
    }

    private Lane remedyLane(String name, EmbeddedPostgres server) {
        Remedies.Places remedy = remedy(name)
                .orElseThrow(() -> new IllegalStateException("what lane " + name + " needs was not started"));
        return switch (name) {
            case "flag-resend" ->
                AfterCommitLane.flagResend(
                        server.createDatabase("flag_resend"), remedy.mailDatabase(), remedy.mail(), pace);
            case "log-resend" ->
                AfterCommitLane.logResend(
                        server.createDatabase("log_resend"), remedy.mailDatabase(), remedy.mail(), pace);
            default -> NoDoubtLane.ofRemedy(name, remedy.transfer(), remedy.database(), pace);
        };
    }
}
