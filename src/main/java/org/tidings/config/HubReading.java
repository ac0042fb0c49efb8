package org.tidings.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tidings.api.ByteSize;
import org.tidings.hub.HubSettings;
import org.tidings.hub.OverflowPolicy;
import org.tidings.hub.TopicRule;

/**
 * Reads what the hub owns. {@link HubSettings} knows the ranges and names only the first value that is out of its
 * range; so it is built again after each key, on the defaults of those that are wrong or not read yet.
 */
final class HubReading {
    private static final HubSettings DEFAULTS = HubSettings.DEFAULTS;
    private static final String TIME = "a time such as 500ms, 15s, 5m or 24h";
    private static final String SIZE = "a size such as 256KiB or 4MiB";

    private final Reading reading;
    private int lanes = DEFAULTS.lanes();
    private Duration heartbeat = DEFAULTS.heartbeat();
    private Duration stallLimit = DEFAULTS.stallLimit();
    private ByteSize sendQueue = DEFAULTS.sendQueue();
    private Optional<Duration> lifetime = Optional.empty();
    private Duration reconnect = DEFAULTS.reconnect();
    private ByteSize window = DEFAULTS.window();
    private List<TopicRule> rules = List.of();

    HubReading(Reading reading) {
        this.reading = reading;
    }

    HubSettings settings() {
        set("tidings.lanes", lanes, "a number", Texts::number, value -> lanes = value);
        set("tidings.heartbeat", heartbeat, TIME, Texts::duration, value -> heartbeat = value);
        set("tidings.stall-limit", stallLimit, TIME, Texts::duration, value -> stallLimit = value);
        set("tidings.send-queue", sendQueue, SIZE, Texts::size, value -> sendQueue = value);
        set("tidings.reconnect", reconnect, TIME, Texts::duration, value -> reconnect = value);
        set("tidings.window", window, SIZE, Texts::size, value -> window = value);
        rules = TopicRules.OVERFLOW.read(
                reading,
                OverflowPolicy.CATCH_UP,
                Texts.constants(OverflowPolicy.class),
                text -> Texts.constant(OverflowPolicy.class, text),
                TopicRule::new);
        // Last: it must be longer than the heartbeat, and is then the one to name.
        lifetime = DEFAULTS.lifetime();
        set("tidings.lifetime", lifetime, TIME + ", or off", HubReading::lifetime, value -> lifetime = value);
        return reading.isRight() ? build() : DEFAULTS;
    }

    private <T> void set(
            String key, T byDefault, String allowed, Function<String, Optional<T>> parser, Consumer<T> field) {
        field.accept(reading.value(key, byDefault, allowed, parser));
        try {
            build();
        } catch (IllegalArgumentException e) {
            reading.wrong(key, reading.text(key).orElse("its default"), allowedIn(e));
            field.accept(byDefault);
        }
    }

    private HubSettings build() {
        return new HubSettings(lanes, heartbeat, stallLimit, sendQueue, lifetime, reconnect, window, rules);
    }

    @SuppressWarnings("OptionalMapToOptional") // outside: whether it could be read; inside: whether there is an end
    private static Optional<Optional<Duration>> lifetime(String text) {
        return text.equals("off")
                ? Optional.of(Optional.empty())
                : Texts.duration(text).map(Optional::of);
    }

    private static String allowedIn(IllegalArgumentException e) {
        return e.getMessage().replaceFirst(".* allowed is ", "");
    }
}
