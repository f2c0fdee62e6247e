package dev.nodoubt.bench.delivery;

import dev.nodoubt.bench.measure.BenchDatabase;
import dev.nodoubt.test.ChildJvm;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A contender whose application has run for a while: frozen, but in its own windows. */
final class Warm implements AutoCloseable {

    /** An application that was frozen finds cold caches, and may have lost a lease: so long nothing is measured. */
    private static final int THAW_MILLIS = 2_000;

    private final Entrant entrant;
    private final Surface surface;
    private final DeliveryOptions options;
    private final BenchDatabase database;
    private final ChildJvm application;

    private Warm(
            Entrant entrant, Surface surface, DeliveryOptions options, BenchDatabase database, ChildJvm application) {
        this.entrant = entrant;
        this.surface = surface;
        this.options = options;
        this.database = database;
        this.application = application;
    }

    /** Its application on a database of its own, still cold. */
    static Warm of(Entrant entrant, Surface surface, DeliveryOptions options) throws SQLException {
        BenchDatabase database =
                surface.server().beside("bench_" + entrant.name().toLowerCase(Locale.ROOT));
        return new Warm(entrant, surface, options, database, surface.application(entrant, database));
    }

    /** Has it work for a while. */
    void up() throws IOException, SQLException {
        surface.forget();
        Control.get(port(), "/start");
        double calls = calls(Control.get(port(), Window.CLOSED_32.closed(options.warmUpMillis())));
        surface.count(entrant, calls, "", new TreeMap<>());
        rest();
    }

    private int port() {
        return application.port();
    }

    /**
     * Has vacuum done now what it would else do while another one is measured. Pages stay: plans that are made for a table
     * of none read all rows of the next window, and that would be this measurement's doing.
     */
    private void rest() throws SQLException {
        database.execute("VACUUM (TRUNCATE false)");
        application.freeze();
    }

    /** What this window showed. */
    Map<String, Double> measure(Window window) throws IOException, SQLException {
        Map<String, Double> values = new TreeMap<>();
        surface.forget();
        application.thaw();
        String thaw = window.closed(Math.min(THAW_MILLIS, options.millis()));
        double before = calls(Control.get(port(), thaw));
        Used used = Used.before(application, database);
        Map<String, Double> measured = Control.get(port(), window.command(options));
        String prefix = window.title() + ".";
        measured.forEach((name, value) -> values.put(prefix + name, value));
        Used.after(application, database).since(used, calls(measured), prefix, values);
        surface.count(entrant, before + calls(measured), "", values);
        rest();
        return values;
    }

    private static double calls(Map<String, Double> measured) {
        return Objects.requireNonNull(measured.get("calls"));
    }

    /** What is left when all is over: the heap that is in use. */
    Map<String, Double> left() throws IOException {
        application.thaw();
        return Control.get(port(), "/heap");
    }

    /** The statements that took longest. */
    String statements() throws SQLException {
        return database.statements();
    }

    @Override
    public void close() throws SQLException {
        try (database) {
            application.close();
        }
    }
}
