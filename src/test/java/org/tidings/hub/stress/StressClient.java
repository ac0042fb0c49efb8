package org.tidings.hub.stress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.tidings.api.TopicSelector;
import org.tidings.hub.Connection;
import org.tidings.hub.Cursor;
import org.tidings.hub.EventHub;
import org.tidings.wire.Frame;
import org.tidings.wire.StreamBlock;

/**
 * A client that comes, goes, stalls and comes back with its last id, until it has heard the last event of each of its
 * topics. Events say {@code topic number}; it notes what is lost, doubled or out of order.
 */
final class StressClient implements Runnable {
    private final EventHub hub;
    private final TopicSelector topics;
    private final int last;
    private final Random random;
    private final Map<String, Integer> heard = new HashMap<>();
    private final Set<String> mayJump = new HashSet<>(); // topics of which nothing was heard since a gap was told
    private final List<String> faults = new ArrayList<>();
    private String lastId = "earliest";
    private boolean gapTold;
    private int connections;

    StressClient(EventHub hub, List<String> topics, int last, long seed) {
        this.hub = hub;
        this.topics = TopicSelector.parse(topics);
        this.last = last;
        this.random = new Random(seed);
        topics.forEach(topic -> heard.put(topic, 0));
    }

    List<String> faults() {
        return faults;
    }

    boolean gapTold() {
        return gapTold;
    }

    int connections() {
        return connections;
    }

    @Override
    public void run() {
        try {
            while (!hasHeardAll() && faults.isEmpty()) {
                listen();
            }
        } catch (InterruptedException e) {
            faults.add("interrupted at " + heard);
        }
    }

    private void listen() throws InterruptedException {
        var socket = new Socket();
        connections++;
        hub.open(topics, Cursor.parse(lastId), socket);
        // Of the first connection too little to hear everything: each client has to come back.
        int patience = connections == 1 ? 2 : 1 + random.nextInt(400);
        for (int i = 0; i < patience; i++) {
            Frame frame = socket.frames.poll(50, TimeUnit.MILLISECONDS);
            if (frame == null) {
                if (socket.ended || hasHeardAll()) {
                    break; // nothing comes behind it
                }
                continue;
            }
            frame.blocks().forEach(this::hear);
            if (random.nextInt(20) == 0) {
                stall();
            }
            socket.taken();
        }
        if (socket.callers.size() > 1) {
            faults.add("not one lane's alone: " + socket.callers);
        }
        socket.hangUp();
    }

    private boolean hasHeardAll() {
        return heard.values().stream().allMatch(number -> number >= last);
    }

    /** Until some more has been published: measured in events, not in time. */
    private void stall() {
        long target = hub.statistics().published() + random.nextInt(200);
        for (int i = 0; i < 10_000 && hub.statistics().published() < target; i++) {
            LockSupport.parkNanos(20_000);
        }
    }

    private void hear(StreamBlock block) {
        lastId = block.id().orElse(lastId);
        String type = block.type().orElse("");
        if (type.equals("$gap")) {
            gapTold = true;
            mayJump.addAll(heard.keySet());
        } else if (!type.startsWith("$") && block.data().isPresent()) {
            String[] words = block.data().get().split(" ", 3);
            int number = Integer.parseInt(words[1]);
            int expected = heard.get(words[0]) + 1;
            boolean right = mayJump.remove(words[0]) ? number >= expected : number == expected;
            if (!right) {
                faults.add("of %s expected %d, got %d at %s".formatted(words[0], expected, number, lastId));
            }
            heard.put(words[0], number);
        }
    }

    /** Holds one frame, like a socket whose buffers are full with it. */
    private static final class Socket implements Connection {
        private final ArrayBlockingQueue<Frame> frames = new ArrayBlockingQueue<>(1);
        private final CompletableFuture<Listener> listener = new CompletableFuture<>();
        private final Set<Thread> callers = ConcurrentHashMap.newKeySet();
        private volatile boolean ended;

        @Override
        public void open(Listener opened) {
            callers.add(Thread.currentThread());
            listener.complete(opened);
            opened.writable();
        }

        @Override
        public boolean write(Frame frame) {
            callers.add(Thread.currentThread());
            frames.add(frame); // throws when there is one already: more than one frame is a fault
            return false;
        }

        void taken() {
            listener.join().writable();
        }

        /** The lane may not have come to opening it yet. */
        void hangUp() {
            listener.join().closed();
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void abort() {
            ended = true;
        }
    }
}
