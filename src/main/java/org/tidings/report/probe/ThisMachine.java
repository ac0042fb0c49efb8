package org.tidings.report.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.management.ObjectName;
import org.tidings.config.Settings;
import org.tidings.report.Machine;
import org.tidings.report.Machine.Descriptors;
import org.tidings.report.Machine.Place;

/** Looks at the process and its machine. */
public final class ThisMachine {
    /** By JMX: the class of its bean is not one that every server lets applications see. */
    private static final ObjectName OPERATING_SYSTEM = ManagedBeans.name("java.lang:type=OperatingSystem");

    private ThisMachine() {}

    /** Looks, also at where the log is. */
    public static Machine look(Settings.Log log) {
        return new Machine(
                System.getProperty("java.version"),
                descriptors(),
                log.engine() == Settings.LogEngine.MEMORY ? Optional.empty() : Optional.of(place(log.directory())));
    }

    private static Optional<Descriptors> descriptors() {
        var beans = ManagedBeans.ofThisProcess();
        return beans.attribute(OPERATING_SYSTEM, "MaxFileDescriptorCount", Long.class)
                .flatMap(limit -> beans.attribute(OPERATING_SYSTEM, "OpenFileDescriptorCount", Long.class)
                        .map(open -> new Descriptors(limit, open)));
    }

    private static Place place(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        return new Place(path, fileSystem(path), path.startsWith(System.getProperty("java.io.tmpdir")));
    }

    private static Optional<String> fileSystem(Path directory) {
        try {
            return Optional.of(Files.getFileStore(directory).type());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
