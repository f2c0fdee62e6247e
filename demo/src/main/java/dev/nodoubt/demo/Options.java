package dev.nodoubt.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the person asked for. This file needs nothing but the JDK, so that the start script can run it as it stands, with
 * {@code java Options.java}, before anything is built: a wrong option or a taken port is told at once.
 *
 * @param ports where everything listens
 * @param data kept data; empty for a temporary directory
 * @param seed of the network's faults
 * @param transfers a CSV file, or how many of the shipped transfers
 * @param lanes names of the lanes, in their order
 * @param capability what the exchange offers
 * @param out where the reports go; empty for {@code out} in the project
 * @param korean the language of what is shown
 * @param headless end after the report
 * @param lab one transfer at a time, on a page where a person chooses its fault
 */
record Options(
        Ports ports,
        Optional<Path> data,
        long seed,
        Transfers transfers,
        List<String> lanes,
        String capability,
        Optional<Path> out,
        boolean korean,
        boolean headless,
        boolean lab) {

    /** Set by the start script where standard output is a terminal. */
    static final String TERMINAL = "NODOUBT_DEMO_TERMINAL";

    static final int SHIPPED = 1_000;
    static final List<String> USUAL_LANES = List.of("naive", "separate", "retry", "nodoubt");

    static final List<String> LAB_LANES = List.of("naive", "retry", "flag-resend", "flag", "nodoubt");

    private static final List<String> LANES = List.of(
            "naive",
            "separate",
            "retry",
            "flag-resend",
            "flag",
            "log-resend",
            "log",
            "orders-resend",
            "orders",
            "nodoubt");
    private static final Set<String> OF_THE_REPORT =
            Set.of("--transfers", "--seed", "--capability", "--out", "--headless");

    static final int EXIT_FAILED = 1;
    static final int EXIT_USAGE = 2;

    /** A person's mistake, in one line that says what to do. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String message) {
            super(message);
        }
    }

    /**
     * Checks options and ports; the exit code tells the script whether to go on. The script runs this file alone, before
     * anything is compiled: it may use no other class of the project.
     */
    public static void main(String[] args) {
        try {
            parse(List.of(args), System.getenv()).ports().check();
        } catch (Invalid e) {
            System.err.println("demo: " + e.getMessage());
            System.exit(EXIT_USAGE);
        }
    }

    static boolean helpAsked(List<String> args) {
        return args.contains("--help") || args.contains("-h");
    }

    /**
     * Reads the command line.
     *
     * @param environment tells the terminal and the locale
     * @throws Invalid that names option, rule and value
     */
    static Options parse(List<String> args, Map<String, String> environment) throws Invalid {
        Ports ports = Ports.from(8080);
        Optional<Path> data = Optional.empty();
        Optional<Path> out = Optional.empty();
        Transfers transfers = new Transfers(Optional.empty(), SHIPPED);
        Optional<List<String>> lanes = Optional.empty();
        String capability = "key";
        long seed = 20261123;
        boolean korean =
                locale(environment, "LC_MESSAGES").toLowerCase(Locale.ROOT).startsWith("ko");
        boolean headless = !environment.containsKey(TERMINAL);
        boolean lab = false;
        Set<String> given = new LinkedHashSet<>();
        Deque<String> rest = new ArrayDeque<>(args);
        while (!rest.isEmpty()) {
            String option = rest.pop();
            int equals = option.startsWith("--") ? option.indexOf('=') : -1;
            if (equals > 0) {
                rest.push(option.substring(equals + 1));
                option = option.substring(0, equals);
            }
            given.add(option);
            switch (option) {
                case "--port-base" -> ports = Ports.from((int) number(option, value(option, rest), 1024, 65_400));
                case "--data" -> data = Optional.of(path(option, value(option, rest)));
                case "--out" -> out = Optional.of(path(option, value(option, rest)));
                case "--seed" -> seed = number(option, value(option, rest), Long.MIN_VALUE, Long.MAX_VALUE);
                case "--transfers" -> transfers = transfers(option, value(option, rest));
                case "--lanes" -> lanes = Optional.of(lanes(option, value(option, rest)));
                case "--capability" ->
                    capability = oneOf(option, value(option, rest), List.of("key", "query", "net-cancel", "none"));
                case "--lang" ->
                    korean = oneOf(option, value(option, rest), List.of("en", "ko"))
                            .equals("ko");
                case "--headless" -> headless = true;
                case "--lab" -> lab = true;
                default -> throw new Invalid("unknown option " + option + "; --help lists them");
            }
        }
        List<String> chosen = lanes.orElse(lab ? LAB_LANES : USUAL_LANES);
        given.retainAll(OF_THE_REPORT);
        if (lab && !given.isEmpty()) {
            throw new Invalid("option " + String.join(", ", given)
                    + " must not stand beside --lab, which makes no report;" + " leave it out");
        }
        if (lab && chosen.stream().anyMatch(lane -> lane.startsWith("orders"))) {
            throw new Invalid("option --lanes must name no lane of orders where --lab is given, was " + chosen);
        }
        return new Options(ports, data, seed, transfers, chosen, capability, out, korean, headless, lab);
    }

    /**
     * The input.
     *
     * @param file the person's own CSV file; empty for the shipped one
     * @param count how many of the shipped transfers
     */
    record Transfers(Optional<Path> file, int count) {}

    /**
     * Where everything listens.
     *
     * @param transfer the transfer service, and the first of the ports
     */
    record Ports(int transfer, int mail, int mailbox, int showcase, int smtp, int transferDatabase, int mailDatabase) {

        static Ports from(int base) {
            return new Ports(base, base + 1, base + 4, base + 5, base + 25, base + 32, base + 33);
        }

        /** Refuses a taken port and names a base with which all are free. */
        void check() throws Invalid {
            OptionalInt taken = taken();
            if (taken.isPresent()) {
                String hint = free().stream()
                        .mapToObj(free -> "; all are free with --port-base " + free)
                        .findFirst()
                        .orElse("; stop what listens there");
                throw new Invalid("port " + taken.getAsInt() + " (" + name(taken.getAsInt()) + ") is taken" + hint);
            }
        }

        private OptionalInt taken() {
            return IntStream.of(transfer, mail, mailbox, showcase, smtp, transferDatabase, mailDatabase)
                    .filter(port -> !isFree(port))
                    .findFirst();
        }

        private OptionalInt free() {
            return IntStream.iterate(transfer + 100, other -> other <= 65_400, other -> other + 100)
                    .filter(other -> from(other).taken().isEmpty())
                    .findFirst();
        }

        private String name(int port) {
            Map<Integer, String> names = Map.of(
                    transfer, "transfer service",
                    mail, "mail service",
                    mailbox, "mailbox page",
                    showcase, "showcase page",
                    smtp, "SMTP");
            return names.getOrDefault(port, "PostgreSQL");
        }

        /** A listener on any address counts, so both loopback and the wildcard are tried. */
        private static boolean isFree(int port) {
            return canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    && canBind(new InetSocketAddress(port));
        }

        private static boolean canBind(InetSocketAddress address) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(address);
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }

    private static String value(String option, Deque<String> rest) throws Invalid {
        if (rest.isEmpty() || rest.peek().startsWith("--")) {
            throw new Invalid("option " + option + " needs a value; --help shows it");
        }
        return rest.pop();
    }

    private static long number(String option, String value, long least, long most) throws Invalid {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, together with what is out of bounds
        }
        String rule = least == Long.MIN_VALUE ? "a whole number" : "a whole number from " + least + " to " + most;
        throw new Invalid("option " + option + " must be " + rule + ", was '" + value + "'");
    }

    private static Path path(String option, String value) throws Invalid {
        try {
            if (!value.isBlank()) {
                return Path.of(value).toAbsolutePath().normalize();
            }
        } catch (InvalidPathException e) {
            // told below, together with what is blank
        }
        throw new Invalid("option " + option + " must be a path on this machine, was '" + value + "'");
    }

    private static Transfers transfers(String option, String value) throws Invalid {
        if (value.matches("[+-]?\\d+")) {
            return new Transfers(Optional.empty(), (int) number(option, value, 1, 100_000));
        }
        return new Transfers(Optional.of(path(option, value)), 0);
    }

    private static List<String> lanes(String option, String value) throws Invalid {
        List<String> lanes = List.of(value.split(",", -1));
        if (!LANES.containsAll(lanes) || Set.copyOf(lanes).size() < lanes.size()) {
            throw new Invalid("option " + option + " must be of " + String.join(",", LANES)
                    + ", separated by commas and each once, was '" + value + "'");
        }
        return lanes;
    }

    private static String oneOf(String option, String value, List<String> allowed) throws Invalid {
        if (!allowed.contains(value)) {
            int last = allowed.size() - 1;
            throw new Invalid("option " + option + " must be " + String.join(", ", allowed.subList(0, last)) + " or "
                    + allowed.get(last) + ", was '" + value + "'");
        }
        return value;
    }

    /** The locale that holds for a category, as the C library chooses it; the start script keeps the person's own. */
    static String locale(Map<String, String> environment, String category) {
        for (String name : List.of("NODOUBT_DEMO_" + category, "LC_ALL", category, "LANG")) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
