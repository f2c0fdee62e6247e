package dev.nodoubt.services.exchange;

import java.io.IOException;
import java.util.List;

/** The exchange as a process of its own, until it is ended from outside. */
public final class Exchange {

    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 2;

    private Exchange() {}

    /** Starts it, or says in one line why not. */
    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        if (Options.helpAsked(given)) {
            System.out.print(Options.HELP);
            return;
        }
        try {
            Options options = Options.parse(given);
            ExchangeServer server = ExchangeServer.start(options);
            System.out.println("exchange: listens on port " + server.port() + ", capability "
                    + options.capability().word() + ", seed " + options.faults().seed() + ", loss "
                    + options.faults().loss() + ", " + server.orders() + " orders in the book");
        } catch (InvalidOption e) {
            System.err.println("exchange: " + e.getMessage());
            System.exit(EXIT_USAGE);
        } catch (IOException e) {
            System.err.println("exchange: " + e.getMessage());
            System.exit(EXIT_FAILED);
        }
    }
}
