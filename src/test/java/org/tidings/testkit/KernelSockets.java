package org.tidings.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux tells of this machine's connections, with {@code ss}. */
public final class KernelSockets {
    /** In {@code skmem:(...)}, as ss(8) has it. */
    private static final Pattern SEND_BUFFER = Pattern.compile("\\btb(\\d+)");

    private KernelSockets() {}

    /** Bytes that may wait to be sent from one port to another: twice what was asked for, says socket(7). */
    public static long sendBuffer(int from, int to) throws IOException {
        var command = List.of("ss", "-tmnH", "sport = :" + from + " and dport = :" + to);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), UTF_8);
        Matcher buffer = SEND_BUFFER.matcher(told);
        if (!buffer.find()) {
            throw new IOException(command + " says: " + told);
        }
        return Long.parseLong(buffer.group(1));
    }
}
