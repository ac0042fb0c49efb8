package org.tidings.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refusal looks like: a reason for machines and one line for people. */
final class Rejections {
    private Rejections() {}

    static void assertRejected(RejectionReason reason, ThrowingCallable call) {
        RejectedException rejected = catchThrowableOfType(RejectedException.class, call);
        assertThat(rejected).as("refused").isNotNull();
        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.getMessage())
                .isNotBlank()
                .hasSizeLessThan(300)
                .doesNotContainPattern("[\\p{Cc}\\p{Cs}\\u2028\\u2029]");
    }
}
