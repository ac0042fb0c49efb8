package org.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentTest {
    @Test
    void theBroadcastersWarIsTwoClasses(@TempDir Path folder) throws IOException {
        Path war = Deployment.broadcaster(folder).war();
        try (var jar = new JarFile(war.toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .containsExactlyInAnyOrder(
                            "WEB-INF/classes/org/tidings/bench/BroadcasterApplication.class",
                            "WEB-INF/classes/org/tidings/bench/BroadcasterResource.class");
        }
    }
}
