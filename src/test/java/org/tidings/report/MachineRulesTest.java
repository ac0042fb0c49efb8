package org.tidings.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidings.config.Settings;
import org.tidings.log.Retention;
import org.tidings.log.sqlite.Durability;
import org.tidings.report.Machine.Descriptors;
import org.tidings.report.Machine.Place;

/** What is said of the process: its descriptors, and where its log is. */
class MachineRulesTest {
    private static final Path FOLDER = Path.of("/srv/tidings");

    @Test
    void whatIsInUseIsNotLeftForStreams() {
        assertThat(descriptors(10_100, 100).problem()).isEmpty();
        assertThat(descriptors(10_100, 101).problem()).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("there is room for 9999 connections. Raise the limit of open files: ")
                .contains("LimitNOFILE=", "ulimit -n"));
        assertThat(descriptors(4096, 100).found()).isEqualTo("4096 may be open and 100 are; each connection takes one");
    }

    @Test
    void descriptorsThatCannotBeSeenAreNoProblem() {
        Finding finding = MachineRules.descriptors(Optional.empty());

        assertThat(finding.found()).contains("cannot be seen from here");
        assertThat(finding.problem()).isEmpty();
    }

    @Test
    void whereTheLogIsIsConfidential() {
        Finding finding = log(Durability.FSYNC, new Place(FOLDER, Optional.of("ext4"), false));

        assertThat(finding.found())
                .isEqualTo("on disk; an event that has its receipt survives a loss of power (fsync)");
        assertThat(finding.confidential()).hasValue(FOLDER.toString());
        assertThat(finding.problem()).isEmpty();
    }

    @Test
    void whatAReceiptDoesNotPromiseIsTold() {
        assertThat(log(Durability.OS, new Place(FOLDER, Optional.empty(), false))
                        .found())
                .endsWith("survives the end of the process, and not a loss of power (os)");
        assertThat(MachineRules.log(settings(Settings.LogEngine.MEMORY, Durability.FSYNC), Optional.empty())
                        .found())
                .isEqualTo("in memory; events are gone when the process ends");
    }

    @ParameterizedTest
    @CsvSource({
        "nfs4, false, it is on a network file system (nfs4)",
        "cifs, true, it is on a network file system (cifs)",
        "tmpfs, true, it is in memory (tmpfs)",
        "ext4, true, it is in the temporary directory",
    })
    void aPlaceThatLosesTheLogIsAProblem(String type, boolean temporary, String start) {
        Finding finding = log(Durability.FSYNC, new Place(FOLDER, Optional.of(type), temporary));

        assertThat(finding.problem()).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith(start)
                .contains("Set tidings.log.directory to a folder")
                .doesNotContain(FOLDER.toString()));
    }

    private static Finding descriptors(long limit, long open) {
        return MachineRules.descriptors(Optional.of(new Descriptors(limit, open)));
    }

    private static Finding log(Durability durability, Place place) {
        return MachineRules.log(settings(Settings.LogEngine.SQLITE, durability), Optional.of(place));
    }

    private static Settings.Log settings(Settings.LogEngine engine, Durability durability) {
        return new Settings.Log(engine, FOLDER, durability, Retention.DEFAULTS);
    }
}
