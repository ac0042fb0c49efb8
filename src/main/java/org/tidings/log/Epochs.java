package org.tidings.log;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Names for new logs. */
public final class Epochs {
    private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 8;

    private Epochs() {}

    /** One that no other log has: 8 letters and digits, by chance. */
    public static String random() {
        return new SecureRandom()
                .ints(LENGTH, 0, CHARACTERS.length())
                .mapToObj(index -> CHARACTERS.substring(index, index + 1))
                .collect(Collectors.joining());
    }
}
