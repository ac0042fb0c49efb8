package org.tidings.demo;

import org.tidings.api.Streamed;

/**
 * A job came further. Each job has a topic of its own, which is ended behind the last of its events.
 *
 * @param percent from 0 to 100
 */
@Streamed(topic = "demo/jobs/{job}", type = "job-progressed")
public record JobProgressed(String job, int percent) {
    /** Where the events of a job go: the same as the template above. */
    static String topic(String job) {
        return "demo/jobs/" + job;
    }
}
