package dev.nodoubt.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nodoubt.demo.lane.Transfer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTest {

    @Test
    void theShippedTransfersAreTheOnesThatTheirGeneratorMakes() throws Exception {
        try (InputStream csv = Input.class.getResourceAsStream("transfers.csv")) {
            assertThat(csv).isNotNull();
            assertThat(new String(csv.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(ShippedTransfers.csv());
        }
    }

    @Test
    void aThousandTransfersShipWithKoreanNamesAmongThem() throws Exception {
        List<Transfer> transfers = shipped(1000);

        assertThat(transfers).hasSize(1000).extracting(Transfer::number).doesNotHaveDuplicates();
        assertThat(transfers).anySatisfy(transfer -> assertThat(transfer.from()).matches("[가-힣]+"));
        assertThat(transfers).anySatisfy(transfer -> assertThat(transfer.memo()).matches("[가-힣].*"));
    }

    @Test
    void aSmallCountTakesTheFirstAndALargeOneRepeatsThem() throws Exception {
        assertThat(shipped(3)).extracting(Transfer::number).containsExactly(1, 2, 3);

        List<Transfer> many = shipped(1002);

        assertThat(many.get(1001).number()).isEqualTo(1002);
        assertThat(many.get(1001).memo()).isEqualTo(many.get(1).memo());
    }

    @Test
    void aPersonsOwnFileIsRead(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("mine.csv"), "from,to,amount,memo\nA,B,1,x\n");

        assertThat(Input.read(new Options.Transfers(Optional.of(file), 0))).hasSize(1);
    }

    @Test
    void aFileThatIsNotThereOrADirectoryIsRefused(@TempDir Path directory) {
        Path missing = directory.resolve("missing.csv");

        assertThatExceptionOfType(Options.Invalid.class)
                .isThrownBy(() -> Input.read(new Options.Transfers(Optional.of(missing), 0)))
                .withMessageContaining(missing.toString());
        assertThatExceptionOfType(Options.Invalid.class)
                .isThrownBy(() -> Input.read(new Options.Transfers(Optional.of(directory), 0)))
                .withMessageContaining("was the directory " + directory);
    }

    private static List<Transfer> shipped(int count) throws Exception {
        return Input.read(new Options.Transfers(Optional.empty(), count));
    }
}
