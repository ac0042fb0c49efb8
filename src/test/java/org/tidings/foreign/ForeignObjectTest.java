package org.tidings.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What can be asked of an object of which only the names of methods are known. */
class ForeignObjectTest {
    /** As the configuration of a server is: what implements it is not public. */
    public interface Configured {
        /** On or off, as a text. */
        String getEnabled();

        /** On or off. */
        boolean isOpen();

        /** Nothing. */
        Object getNothing();

        /** Fails. */
        default int getFailure() {
            throw new IllegalStateException();
        }
    }

    private boolean open;

    private final ForeignObject object = new ForeignObject(new Configured() {
        @Override
        public String getEnabled() {
            return "true";
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public Object getNothing() {
            return null;
        }
    });

    @Test
    void aMethodOfAPublicInterfaceIsCalledThoughTheClassIsPrivate() {
        assertThat(object.text("getEnabled")).hasValue("true");
        assertThat(object.isTrue("getEnabled")).isTrue();
    }

    @Test
    void aProxyIsCalledByItsInterface() {
        Object proxy = Proxy.newProxyInstance(
                ForeignObjectTest.class.getClassLoader(),
                new Class<?>[] {Configured.class},
                (self, method, none) -> "7");

        assertThat(new ForeignObject(proxy).text("getEnabled")).hasValue("7");
        assertThat(new ForeignObject(proxy).isTrue("getEnabled")).isFalse();
    }

    @Test
    void whatIsNotThereOrFailsIsEmpty() {
        assertThat(object.call("getNothing")).isEmpty();
        assertThat(object.call("getFailure")).isEmpty();
        assertThat(object.call("getSomethingElse")).isEmpty();
    }

    @Test
    void aWayOfMethodsLeadsSomewhereOrNowhere() {
        assertThat(object.follow("getEnabled", "strip", "length")).hasValue(new ForeignObject(4));
        assertThat(object.follow("getEnabled", "getSomethingElse", "length")).isEmpty();
        assertThat(object.follow("getNothing", "toString")).isEmpty();
    }

    @Test
    void aMethodIsToldFromOthersByItsParameters() {
        assertThat(new ForeignObject("text").call("repeat", 2)).hasValue(new ForeignObject("texttext"));
        assertThat(new ForeignObject("text").call("repeat")).isEmpty();
    }

    @Test
    void aQuestionIsAskedAnew() {
        var question = object.question("isOpen").orElseThrow();
        assertThat(question.getAsBoolean()).isFalse();
        open = true;
        assertThat(question.getAsBoolean()).isTrue();
        assertThat(object.question("getSomethingElse")).isEmpty();
    }
}
