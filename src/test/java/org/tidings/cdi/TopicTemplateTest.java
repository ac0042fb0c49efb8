package org.tidings.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.api.RejectedException;

class TopicTemplateTest {
    @Test
    void aTemplateWithoutPropertiesIsItself() {
        assertThat(expand("orders/all", new Order(7, "ups"))).isEqualTo("orders/all");
    }

    @Test
    void recordComponentsStandForThemselves() {
        assertThat(expand("orders/{id}/by-{carrier}", new Order(7, "ups"))).isEqualTo("orders/7/by-ups");
    }

    @ParameterizedTest
    @CsvSource({
        "{name}, bean",
        "{ready}, true",
        "{count}, 3",
        "{URL}, here",
        "{inherited}, parent",
        "{byInterface}, yes"
    })
    void gettersAndPublicFieldsAndWhatIsInheritedAreProperties(String template, String topic) {
        assertThat(expand(template, new Bean())).isEqualTo(topic);
    }

    @Test
    void theGetterHidesTheFieldOfTheSameName() {
        assertThat(expand("{both}", new Bean())).isEqualTo("getter");
    }

    @Test
    void theTextOfAPropertyIsNotReadAsATemplate() {
        assertThat(expand("orders/{carrier}", new Order(7, "{id}"))).isEqualTo("orders/{id}");
    }

    @Test
    void anUnknownPropertyIsToldWithThoseThatExist() {
        assertThat(problems("orders/{orderId}/{x.y}", Order.class))
                .containsExactly(
                        "the class has no property 'orderId'; it has carrier, id",
                        "the class has no property 'x.y'; it has carrier, id");
        assertThat(problems("{}", Object.class)).containsExactly("the class has no property ''; it has none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"staticField", "class", "withArgument", "nothing", "hidden", "maybe"})
    void whatIsNoPropertyIsNotFound(String name) {
        assertThat(problems("{" + name + "}", Bean.class))
                .containsExactly("the class has no property '" + name
                        + "'; it has URL, both, byInterface, count, inherited, name, ready");
    }

    @ParameterizedTest
    @CsvSource({"orders/{id, 8", "orders/id}, 10", "orders/{a{id}}, 8"})
    void aBraceAloneIsToldWithItsPlace(String template, int position) {
        assertThat(problems(template, Order.class)).contains("the brace at position " + position + " has no partner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/{id}", "a//{id}", "{id}/", "a/*/{id}", "a/../{id}", "$sys/{id}", "a\n{id}"})
    void whatNoPayloadCouldMendIsToldBeforeThereIsOne(String template) {
        assertThat(problems(template, Order.class)).hasSize(1);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"a/b", "*", "a*", ".", "..", "a\nb", "\u0000", "\uD800"})
    void aValueThatDoesNotFitInASegmentIsRejected(String carrier) {
        var template = compiled("orders/{carrier}", Order.class);

        assertThatThrownBy(() -> template.expand(new Order(7, carrier))).isInstanceOf(RejectedException.class);
    }

    @Test
    void aNullIsRejectedWithTheNameOfTheProperty() {
        var template = compiled("{carrier}", Order.class);

        assertThatThrownBy(() -> template.expand(new Order(7, null)))
                .isInstanceOf(RejectedException.class)
                .hasMessage("the property 'carrier' of the payload " + Order.class.getName()
                        + " is null: it cannot stand in one segment of a topic");
    }

    @Test
    void anEmptyValueIsRejectedEvenBesideOtherText() {
        var template = compiled("by-{carrier}", Order.class);

        assertThatThrownBy(() -> template.expand(new Order(7, ""))).hasMessageContaining("is empty");
    }

    @Test
    void aValueCannotMakeATopicReserved() {
        var template = compiled("{carrier}/x", Order.class);

        assertThatThrownBy(() -> template.expand(new Order(7, "$hello")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("'$'");
    }

    @Test
    void aGetterThatFailsIsRejectedWithItsFailureAsTheCause() {
        var template = compiled("{broken}", Broken.class);

        assertThatThrownBy(() -> template.expand(new Broken()))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("'broken'")
                .hasRootCauseMessage("out of order");
    }

    @Test
    void aSubclassIsReadThroughTheTemplateOfItsSuperclass() {
        assertThat(compiled("{inherited}", Parent.class).expand(new Bean()).value())
                .isEqualTo("parent");
    }

    private static String expand(String template, Object payload) {
        return compiled(template, payload.getClass()).expand(payload).value();
    }

    private static TopicTemplate compiled(String template, Class<?> type) {
        return TopicTemplate.compile(template, type, problem -> {
            throw new AssertionError(problem);
        });
    }

    private static List<String> problems(String template, Class<?> type) {
        var problems = new ArrayList<String>();
        TopicTemplate.compile(template, type, problems::add);
        return problems;
    }

    // Not public: applications nest such records, and reading them must not depend on it.
    record Order(long id, String carrier) {}

    static class Parent {
        public String getInherited() {
            return "parent";
        }
    }

    interface WithDefault {
        default String getByInterface() {
            return "yes";
        }
    }

    static final class Bean extends Parent implements WithDefault {
        public static final String staticField = "no";
        public final int count = 3;
        public final String both = "field";
        private final String hidden = "no";

        public String getName() {
            return "bean";
        }

        public boolean isReady() {
            return true;
        }

        public String getURL() {
            return "here";
        }

        public String getBoth() {
            return "getter";
        }

        public String getWithArgument(int argument) {
            return "no" + argument;
        }

        public void getNothing() {}

        public String isMaybe() {
            return "no";
        }

        @SuppressWarnings("unused") // For being no property.
        private String getHidden() {
            return hidden;
        }
    }

    static final class Broken {
        private boolean works;

        public String getBroken() {
            if (!works) {
                throw new IllegalStateException("out of order");
            }
            return "";
        }
    }
}
