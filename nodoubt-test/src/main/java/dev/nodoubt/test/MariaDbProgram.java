package dev.nodoubt.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** MariaDB's server. */
record MariaDbProgram(MariaDbBinaries binaries) implements ServerProgram {

    /** Writes its process id down before it becomes the server, which itself does so only when it is almost ready. */
    private static final List<String> CLAIM = List.of("sh", "-c", "echo $$ > \"$0\" && exec \"$@\"");

    /** Before the statements that make the system tables. */
    private static final String BEFORE = """
            CREATE DATABASE mysql;
            USE mysql;
            SET @auth_root_socket = NULL;
            """;

    /** After them: the superuser, known on this address only. */
    private static final String AFTER = """
            INSERT INTO global_priv (Host, User, Priv) VALUES ('127.0.0.1', 'root', JSON_OBJECT(
              'access', 18446744073709551615,
              'plugin', 'mysql_native_password', 'authentication_string', PASSWORD('%s')));
            """;

    @Override
    public Product product() {
        return Product.MARIADB;
    }

    @Override
    public String mark() {
        return "mysql";
    }

    @Override
    public String portTaken() {
        return "Bind on TCP/IP port";
    }

    /** It waits by itself for locks of the one before. */
    @Override
    public List<String> passing() {
        return List.of();
    }

    @Override
    public ServerAccount account(Path data) {
        return ServerAccount.THIS_USER;
    }

    /** As MariaDB's own script does, without its need for a shell's tools. */
    @Override
    public void initialise(ServerAccount account, Path data, Path password, boolean kept) throws IOException {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Path statements = Files.createTempFile("nodoubt-server", ".sql");
        try {
            StringBuilder text = new StringBuilder(BEFORE);
            for (Path tables : binaries.systemTables()) {
                text.append(Files.readString(tables)).append('\n');
            }
            text.append(AFTER.formatted(Files.readString(password).strip()));
            Files.writeString(statements, text);
            List<String> words = words(data);
            words.add("--bootstrap");
            Command.Result result = new Command(account.command(words)).run(statements);
            if (!result.succeeded()) {
                throw new IllegalStateException("mariadbd --bootstrap failed for " + data + ": " + result);
            }
        } finally {
            Files.deleteIfExists(statements);
        }
    }

    @Override
    public List<String> command(Path data, int port, Map<String, String> settings) {
        Path pidFile = data.resolve(product().pidFile());
        List<String> words = new ArrayList<>(CLAIM);
        words.add(pidFile.toString());
        words.addAll(words(data));
        words.addAll(List.of("--pid-file=" + pidFile, "--port=" + port, "--bind-address=127.0.0.1", "--socket="));
        words.addAll(List.of("--skip-name-resolve", "--default-time-zone=+00:00", "--character-set-server=utf8mb4"));
        // Durable, and small: a test's data fit into the buffers.
        words.addAll(List.of("--innodb-flush-log-at-trx-commit=1", "--skip-log-bin", "--innodb-buffer-pool-size=64M"));
        settings.forEach((name, value) -> words.add("--" + name + "=" + value));
        return List.copyOf(words);
    }

    /** What each run on the same data has in common; without TLS, whose key it would make anew at each start. */
    private List<String> words(Path data) {
        List<String> words = new ArrayList<>(List.of(
                binaries.server().toString(),
                "--no-defaults",
                "--basedir=" + binaries.home(),
                "--datadir=" + data,
                "--skip-ssl",
                "--innodb-log-file-size=16M",
                "--innodb-undo-tablespaces=0"));
        if (Machine.uid() == 0) {
            words.add("--user=root");
        }
        return words;
    }

    @Override
    public boolean isReady(Path data, long pid, String log) {
        return log.contains("ready for connections");
    }
}
