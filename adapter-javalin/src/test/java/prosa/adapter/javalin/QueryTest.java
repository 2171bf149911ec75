package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.domain.Fault;
import prosa.domain.Refused;

class QueryTest {
    private static Optional<Fault> fault(Runnable deed) {
        return assertThrows(Refused.class, deed::run).fault();
    }

    @Test
    void itIsDecodedAsAForm() {
        assertEquals(
                Map.of("name", List.of("Ana María +"), "room", List.of("a", "b"), "follow", List.of("")),
                Query.of("name=Ana+Mar%C3%ADa%20%2b&room=a&room=b&follow&&").values());
        assertEquals(Map.of("name", List.of("João")), Query.of("n%61me=João").values());
        assertEquals(Map.of(), Query.of((String) null).values());
    }

    @ParameterizedTest
    @CsvSource({
        "room=team%, room",
        "room=team%zz, room",
        "room=%, room",
        "x=1&since=%4, since",
        "name=%E7, name",
        "name=%u00e7, name",
        "name=%c3%28, name",
        "unknown=%, unknown"
    })
    void whatCanNotBeDecodedIsNamed(String query, String part) {
        assertEquals(Optional.of(new Fault.Undecodable(part)), fault(() -> Query.of(query)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"last", "limit", "wait", "follow", "key", "to", "token", "lastEventId", "after", "text"})
    void whatMeansSomethingElsewhereIsNamed(String name) {
        Query query = Query.of("room=a&" + name + "=1");
        assertEquals(Optional.of(new Fault.OutOfPlace(name)), fault(() -> query.allowing(Set.of("room"))));
        assertDoesNotThrow(() -> query.allowing(Set.of("room", name)));
    }

    @Test
    void whatNobodyKnowsIsIgnored() {
        assertEquals(
                Optional.of("a"),
                Query.of("room=a&lab=x&lab=y&ref=1").allowing(Set.of("room")).one("room"));
    }

    @Test
    void whatIsGivenTwiceIsNamed() {
        assertEquals(
                Optional.of(new Fault.TooMany("room", 1)),
                fault(() -> Query.of("room=a&room=a").room()));
        assertEquals(2, Query.of("room=a&room=b").rooms().size());
    }

    @Test
    void aNumberHasBounds() {
        assertEquals(7, Query.of("limit=7").number("limit", 1, 10).orElseThrow());
        for (String wrong : List.of("0", "11", "-1", "", "1.5", "x", "99999999999", "٣")) {
            assertEquals(
                    Optional.of(new Fault.NotNumber("limit", 1, 10)),
                    fault(() -> Query.of("limit=" + wrong).number("limit", 1, 10)),
                    wrong);
        }
    }
}
