package org.tidings.tck;

import java.io.File;
import java.util.Map;
import org.jboss.arquillian.container.spi.event.container.BeforeDeploy;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.tidings.arquillian.Runtimes;
import org.tidings.arquillian.TidingsWar;

/**
 * Puts Tidings into the TCK's archives, as an application has it: what it adds to every Jakarta REST application must
 * not change what the specification says. The embedded server has Tidings, and needs the TCK's applications.
 */
final class TckArchives {
    private static final File TIDINGS = new File("target/tidings-classes.jar");
    private static final File ITS_LIBRARIES = new File("target/tidings/WEB-INF/lib");

    void complete(@Observes BeforeDeploy event) {
        var war = (WebArchive) event.getDeployment().getArchive();
        if (!war.getName().startsWith("jaxrs_")) {
            return;
        }
        if (Runtimes.isEmbedded()) {
            war.addAsLibrary(TidingsWar.application(Map.of(), TckApplications.class));
        } else {
            war.addAsLibraries(TIDINGS).addAsLibraries(ITS_LIBRARIES.listFiles());
        }
    }
}
