package org.tidings.bench;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What was asked for.
 *
 * @param seconds that each workload is measured for
 * @param repeat how often each is
 */
record Options(Pattern only, double seconds, int repeat, Rival against, boolean list) {
    static final String USAGE = """
            usage: ./bench [--only REGEX] [--seconds N] [--repeat N] [--against RIVAL] [--list]
              --only REGEX     the workloads whose name it is found in
              --seconds N      measure each for so long; 4 without this
              --repeat N       each so often, and take the medians; 1 without this, 3 against a rival
              --against nchan  the same on nginx with nchan, in turns, and the ratios
              --against payara, --against wildfly
                               the WAR on this server instead, and the server's own broadcaster, in turns, and the ratios
              --list           the names of the workloads
            docs/performance.md says what is measured, and how.
            """;

    private static final double SECONDS = 4;
    private static final int REPEAT_AGAINST = 3;

    /** @throws IllegalArgumentException with a sentence for the user */
    static Options parse(List<String> arguments) {
        String only = "";
        double seconds = SECONDS;
        int repeat = 0;
        Rival against = Rival.NONE;
        boolean list = false;
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--only" -> only = value(option, rest);
                case "--seconds" -> seconds = Double.parseDouble(value(option, rest));
                case "--repeat" -> repeat = Integer.parseInt(value(option, rest));
                case "--against" -> against = Rival.named(value(option, rest));
                case "--list" -> list = true;
                default -> throw new IllegalArgumentException("There is no option " + option + ".");
            }
        }
        return new Options(
                pattern(only),
                seconds,
                repeat > 0 ? repeat : against == Rival.NONE ? 1 : REPEAT_AGAINST,
                against,
                list);
    }

    List<Workload> workloads() {
        return against.workloads().stream()
                .filter(workload -> only.matcher(workload.name()).find())
                .toList();
    }

    private static String value(String option, java.util.Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value.");
        }
        return rest.next();
    }

    private static Pattern pattern(String only) {
        try {
            return Pattern.compile(only);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("--only takes a regular expression: " + e.getMessage(), e);
        }
    }
}
