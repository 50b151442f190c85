package dev.kadao.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Entry;
import dev.kadao.order.Guarantee;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The names that are stored for ever, and that none is missing. */
class StoredNamesTest {

    @Test
    void every_entry_has_a_name_of_its_own() {
        namesExactly(Entry.class, Names.entries());
    }

    @Test
    void every_guarantee_has_a_name_of_its_own() {
        namesExactly(Guarantee.class, Names.guarantees());
    }

    @Test
    void every_word_of_a_gateway_has_a_name_of_its_own() {
        namesExactly(PaymentWord.class, Names.paymentWords());
    }

    @Test
    void what_may_be_missing_is_exactly_what_is_annotated_nullable() {
        assertThat(Forms.STORED_TYPES).isNotEmpty();
        for (Class<?> type : Forms.STORED_TYPES.values()) {
            if (type.isRecord()) {
                Set<String> nullable = Arrays.stream(type.getRecordComponents())
                        .filter(part -> part.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .map(RecordComponent::getName)
                        .collect(Collectors.toSet());
                assertThat(Forms.OPTIONAL.getOrDefault(type, Set.of()))
                        .as("optional components of %s", type)
                        .isEqualTo(nullable);
            }
        }
    }

    @Test
    void no_stored_type_component_or_constant_was_renamed() {
        Golden.check("names.txt", storedNames());
    }

    private static List<String> storedNames() {
        List<String> lines = new ArrayList<>();
        Map<Class<?>, String> entries = Names.entries();
        for (Class<?> type : Forms.STORED_TYPES.values()) {
            String name = entries.containsKey(type) ? "entry " + entries.get(type) : type.getName();
            String parts = type.isEnum()
                    ? Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .collect(Collectors.joining(" "))
                    : Arrays.stream(type.getRecordComponents())
                            .map(RecordComponent::getName)
                            .collect(Collectors.joining(" "));
            lines.add((name.replaceFirst("dev\\.kadao\\.[a-z]+\\.", "") + ": " + parts).strip());
        }
        return lines.stream().sorted().toList();
    }

    private static void namesExactly(Class<?> sealed, Map<Class<?>, String> names) {
        assertThat(names.keySet()).containsExactlyInAnyOrderElementsOf(variantsOf(sealed));
        assertThat(names.values()).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z-]{1,40}"));
    }

    /** The records below a sealed type, by name: the compiler lists them in the order in which it met them. */
    static List<Class<?>> variantsOf(Class<?> sealed) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> below : sealed.getPermittedSubclasses()) {
            if (below.isSealed()) {
                found.addAll(variantsOf(below));
            } else {
                found.add(below);
            }
        }
        found.sort(java.util.Comparator.comparing(Class::getName));
        return found;
    }
}
