package org.tidings.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What processes use, together; from Linux's /proc. */
final class ProcessUsage {
    /** The unit of times in /proc/PID/stat: the same on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    private static final long LOOK_NANOS = 200_000_000;
    private static final int LOOKS = 50;

    /** Less CPU than this in the time between two looks, in seconds, is nothing. */
    private static final double QUIET = 0.015;

    private final List<Long> pids;

    /**
     * What a JVM holds, in KiB.
     *
     * @param liveHeap what is reachable
     * @param direct buffers outside the heap
     */
    record Memory(double liveHeap, double direct) {}

    ProcessUsage(List<Long> pids) {
        this.pids = pids;
    }

    static ProcessUsage ofThisProcess() {
        return new ProcessUsage(List.of(ProcessHandle.current().pid()));
    }

    /** Seconds of CPU so far, of the user's code and of the kernel for it. */
    double cpu() {
        return pids.stream().mapToDouble(ProcessUsage::cpu).sum();
    }

    /** Waits until they take next to no CPU, 10 s at the most. */
    void awaitQuiet() {
        double before = cpu();
        for (int i = 0; i < LOOKS; i++) {
            LockSupport.parkNanos(LOOK_NANOS);
            double now = cpu();
            if (now - before < QUIET) {
                return;
            }
            before = now;
        }
    }

    /** Resident memory, in KiB. */
    double rss() {
        return pids.stream().mapToDouble(ProcessUsage::rss).sum();
    }

    /** Of the one JVM. Over JMX in both parts, so that what that takes itself is in each look at the heap. */
    Memory memory() throws IOException, InterruptedException {
        try (var memory = new JvmMemory(pids.get(0))) {
            double heap = liveHeap();
            return new Memory(heap, memory.direct() / 1024.0); // without what was collected
        }
    }

    /** What is reachable in the heap of the one JVM, after a collection that this causes; in KiB. */
    double liveHeap() throws IOException, InterruptedException {
        String jcmd = Java.tool("jcmd");
        var process = new ProcessBuilder(jcmd, Long.toString(pids.get(0)), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (var lines = process.inputReader()) {
            String total = lines.lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("jcmd told nothing of process " + pids.get(0)));
            return Long.parseLong(total.trim().split(" +", -1)[2]) / 1024.0;
        } finally {
            process.destroy();
        }
    }

    private static double cpu(long pid) {
        String stat = read(pid, "stat");
        // The name, in parentheses, may have spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND;
    }

    private static double rss(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " has ended", e);
        }
    }
}
