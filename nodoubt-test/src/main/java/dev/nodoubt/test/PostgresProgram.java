package dev.nodoubt.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** PostgreSQL's server. */
record PostgresProgram(PostgresBinaries binaries) implements ServerProgram {

    @Override
    public Product product() {
        return Product.POSTGRES;
    }

    @Override
    public String mark() {
        return "PG_VERSION";
    }

    @Override
    public String portTaken() {
        return "could not bind";
    }

    @Override
    public List<String> passing() {
        return List.of("lock file \"postmaster.pid\" already exists", "pre-existing shared memory block");
    }

    @Override
    public ServerAccount account(Path data) {
        return ServerAccount.choose(binaries.postgres(), data);
    }

    @Override
    public void initialise(ServerAccount account, Path data, Path password, boolean kept) {
        List<String> words = new ArrayList<>(account.command(
                binaries.initdb().toString(),
                "--pgdata=" + data,
                "--username=postgres",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        // The password has 128 random bits: hashing it thousands of times would only slow each connection down.
        words.addAll(List.of("--auth=password", "--set=scram_iterations=1"));
        words.addAll(kept ? List.of() : List.of("--no-sync"));
        Command.Result result = new Command(words).run();
        if (!result.succeeded()) {
            throw new IllegalStateException("initdb failed for " + data + ": " + result);
        }
    }

    @Override
    public List<String> command(Path data, int port, Map<String, String> settings) {
        List<String> words = new ArrayList<>(List.of(binaries.postgres().toString(), "-D", data.toString()));
        words.addAll(List.of("-p", Integer.toString(port)));
        // No socket file: its directory would have to suit every user.
        Stream.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", "log_timezone=UTC")
                .forEach(setting -> words.addAll(List.of("-c", setting)));
        settings.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        return List.copyOf(words);
    }

    /** The eighth line of the file says so. */
    @Override
    public boolean isReady(Path data, long pid, String log) {
        try {
            List<String> lines = Files.readAllLines(data.resolve(product().pidFile()));
            return lines.size() > 7
                    && lines.get(0).strip().equals(Long.toString(pid))
                    && lines.get(7).strip().equals("ready");
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the lock file of " + data, e);
        }
    }
}
