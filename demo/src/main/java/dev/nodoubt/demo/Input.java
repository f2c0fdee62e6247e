package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.InvalidCsv;
import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.lane.TransfersCsv;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the transfers that the lanes work through. */
final class Input {

    private static final String SHIPPED = "transfers.csv";

    private Input() {}

    static List<Transfer> read(Options.Transfers wanted) throws InvalidCsv, Options.Invalid, Failure {
        if (wanted.file().isPresent()) {
            Path file = wanted.file().get();
            return TransfersCsv.parse(file.getFileName().toString(), bytes(file));
        }
        List<Transfer> shipped = TransfersCsv.parse(SHIPPED, shipped());
        return IntStream.range(0, wanted.count())
                .mapToObj(i -> numbered(shipped.get(i % shipped.size()), i + 1))
                .toList();
    }

    private static Transfer numbered(Transfer transfer, int number) {
        return new Transfer(number, transfer.from(), transfer.to(), transfer.amount(), transfer.memo());
    }

    private static byte[] bytes(Path file) throws Options.Invalid {
        if (Files.isDirectory(file)) {
            throw new Options.Invalid("option --transfers must be a CSV file or a count, was the directory " + file);
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Options.Invalid(
                    "option --transfers must be a readable CSV file or a count, was '" + file + "' (" + e + ")");
        }
    }

    private static byte[] shipped() throws Failure {
        try (InputStream csv = Input.class.getResourceAsStream(SHIPPED)) {
            if (csv == null) {
                throw new Failure(SHIPPED + " is missing from the demo's jar; run mvn clean package");
            }
            return csv.readAllBytes();
        } catch (IOException e) {
            throw new Failure(SHIPPED + " in the demo's jar cannot be read: " + e.getMessage(), e);
        }
    }
}
