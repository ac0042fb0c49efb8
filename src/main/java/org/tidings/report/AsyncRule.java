package org.tidings.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A stream is an asynchronous request: one filter that does not support those, and all that comes behind is none. */
final class AsyncRule {
    private static final String SUBJECT = "async";

    private AsyncRule() {}

    static Finding judge(Optional<List<ChainLink>> chain) {
        if (chain.isEmpty()) {
            return Finding.of(
                    SUBJECT, "what stands before streams cannot be seen from here; each filter has to support it");
        }
        String without = names(chain.get(), Optional.of(false));
        if (!without.isEmpty()) {
            return Finding.of(SUBJECT, "not supported by " + without).with(Optional.of(problem(without)));
        }
        String unseen = names(chain.get(), Optional.empty());
        if (!unseen.isEmpty()) {
            return Finding.of(SUBJECT, "cannot be seen from here of " + unseen + "; each has to support it");
        }
        return Finding.of(
                SUBJECT,
                chain.get().isEmpty()
                        ? "no filters before streams"
                        : "supported by " + names(chain.get(), Optional.of(true)));
    }

    private static String problem(String without) {
        return "streams behind " + without + " fail, or end at once. Set"
                + " asyncSupported = true in its @WebFilter or @WebServlet, or"
                + " <async-supported>true</async-supported> in its entry in web.xml";
    }

    private static String names(List<ChainLink> links, Optional<Boolean> async) {
        return links.stream()
                .filter(link -> link.async().equals(async))
                .map(ChainLink::name)
                .collect(Collectors.joining(", "));
    }
}
