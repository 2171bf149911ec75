package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.HouseClock;

/** That no statement gets slower as the history grows: SQLite says itself how it goes about them. */
class QueryPlanTest {
    private static final String WALK_OF_ONE_ROOM =
            "SEARCH entry USING INDEX entry_by_room (room=? AND rowid>? AND rowid<?)";
    private static final String ROOM_BY_NAME = "SEARCH room USING COVERING INDEX sqlite_autoindex_room_1 (name=?)";

    @TempDir
    Path folder;

    @Test
    void readsWalkTheIndexOfOneRoomWithoutSorting() throws Exception {
        assertEquals(List.of(WALK_OF_ONE_ROOM, "SCALAR SUBQUERY 1", ROOM_BY_NAME), plan(ReadConnection.FORWARD));
        assertEquals(List.of(WALK_OF_ONE_ROOM, "SCALAR SUBQUERY 1", ROOM_BY_NAME), plan(ReadConnection.BACKWARD));
        assertEquals(List.of(WALK_OF_ONE_ROOM, "SCALAR SUBQUERY 1", ROOM_BY_NAME), plan(ReadConnection.ENTRIES));
    }

    @Test
    void theRecentKeysAreWalkedInTheLogsOrderWithoutSorting() throws Exception {
        // The scan is by offset, and whoever reads ends it after some minutes' entries.
        assertEquals(
                List.of("SCAN entry", "SEARCH room USING INTEGER PRIMARY KEY (rowid=?)"), plan(KeptKeys.OF_MESSAGES));
    }

    @Test
    void theHeadIsFoundAtTheEnd() throws Exception {
        assertEquals(List.of("SEARCH entry"), plan(WriteConnection.HEAD));
    }

    private List<String> plan(String sql) throws Exception {
        SqliteEngine.open(folder, HouseClock.over(InstantSource.system())).close();
        List<String> steps = new ArrayList<>();
        try (Connection connection = Connections.to(folder.resolve("prosa.db")).open();
                PreparedStatement explain = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                ResultSet step = explain.executeQuery()) {
            while (step.next()) {
                steps.add(step.getString("detail"));
            }
        }
        return steps;
    }
}
