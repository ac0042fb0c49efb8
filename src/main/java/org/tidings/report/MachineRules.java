package org.tidings.report;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tidings.config.Settings;
import org.tidings.log.sqlite.Durability;
import org.tidings.report.Machine.Descriptors;
import org.tidings.report.Machine.Place;

/** What is said of the process and its machine. */
final class MachineRules {
    /**
     * What is left to streams on systems that were never set up for a server is 1,024 or 4,096, less what is in use; on
     * others it is 60,000 and more.
     */
    private static final long ENOUGH_DESCRIPTORS = 10_000;

    private static final Set<String> REMOTE = Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs");
    private static final Set<String> VOLATILE = Set.of("tmpfs", "ramfs");

    private MachineRules() {}

    static Stream<Finding> judge(Facts facts) {
        Machine machine = facts.machine();
        return Stream.of(
                descriptors(machine.descriptors()), log(facts.settings().log(), machine.log()));
    }

    static Finding descriptors(Optional<Descriptors> descriptors) {
        if (descriptors.isEmpty()) {
            return Finding.of("files", "how many may be open cannot be seen from here; each connection takes one");
        }
        Descriptors files = descriptors.get();
        Finding finding = Finding.of(
                "files", "%d may be open and %d are; each connection takes one".formatted(files.limit(), files.open()));
        return files.left() >= ENOUGH_DESCRIPTORS
                ? finding
                : finding.with(Optional.of("there is room for " + files.left() + " connections. Raise the limit of open"
                        + " files: LimitNOFILE= in the unit of systemd, --ulimit nofile= of a container, ulimit -n in a"
                        + " shell"));
    }

    static Finding log(Settings.Log settings, Optional<Place> place) {
        if (place.isEmpty()) {
            return Finding.of("log", "in memory; events are gone when the process ends");
        }
        String promise = settings.durability() == Durability.FSYNC
                ? "an event that has its receipt survives a loss of power (fsync)"
                : "an event that has its receipt survives the end of the process, and not a loss of power (os)";
        return Finding.of("log", "on disk; " + promise)
                .confidentially(place.get().path().toString())
                .with(misplaced(place.get()));
    }

    private static Optional<String> misplaced(Place place) {
        String type = place.fileSystem().orElse("");
        if (REMOTE.contains(type)) {
            return Optional.of("it is on a network file system (" + type + "), whose locks SQLite cannot trust. Set"
                    + " tidings.log.directory to a folder of a local disk");
        }
        if (VOLATILE.contains(type)) {
            return Optional.of("it is in memory (" + type
                    + "), and gone with the machine. Set tidings.log.directory to a" + " folder of a disk");
        }
        return place.temporary()
                ? Optional.of("it is in the temporary directory, where the next start, or anybody, removes it. Set"
                        + " tidings.log.directory to a folder that stays")
                : Optional.empty();
    }
}
