package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryThreadTest {
    private final DeliveryThread thread = new DeliveryThread();

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.stop();
    }

    @Test
    void tasksAreRunInTheOrderOfTheCalls() {
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            thread.execute(() -> done.add(number));
        }
        assertEquals(IntStream.range(0, 1_000).boxed().toList(), call(() -> List.copyOf(done)));
    }

    @Test
    void whatIsAskedForSoonComesAfterTheTasksAndAlarmsAtHand() {
        List<String> done = new ArrayList<>();
        call(() -> {
            thread.soon(() -> {
                done.add("soon");
                thread.soon(() -> done.add("sooner or later"));
            });
            thread.at(System.nanoTime(), () -> done.add("alarm"));
            thread.execute(() -> done.add("task"));
            return done;
        });
        // The thread must not go to sleep over what is asked for last.
        CompletableFuture<Void> settled = new CompletableFuture<>();
        thread.execute(() -> thread.soon(() -> thread.soon(() -> settled.complete(null))));
        Await.result(settled);
        assertEquals(List.of("task", "alarm", "soon", "sooner or later"), call(() -> List.copyOf(done)));
    }

    @Test
    void whatFailsSoonHoldsUpNobody() {
        CompletableFuture<Void> next = new CompletableFuture<>();
        thread.execute(() -> {
            thread.soon(() -> {
                throw new IllegalStateException("planted by a test");
            });
            thread.soon(() -> next.complete(null));
        });
        Await.result(next);
    }

    @Test
    void noTaskIsLostOrOvertakenWhenManyThreadsCall() throws Exception {
        int threads = 4;
        int each = 100_000;
        int[] next = new int[threads];
        int[] overtaken = {0};
        CountDownLatch all = new CountDownLatch(threads * each);
        for (int t = 0; t < threads; t++) {
            int caller = t;
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    int number = i;
                    thread.execute(() -> {
                        overtaken[0] += next[caller] == number ? 0 : 1;
                        next[caller] = number + 1;
                        all.countDown();
                    });
                }
            });
        }
        assertTrue(all.await(10, TimeUnit.SECONDS), () -> all.getCount() + " tasks were not run");
        assertEquals(0, overtaken[0]);
    }

    @Test
    void aThreadThatFellAsleepIsWokenEachTime() {
        // One task at a time: between two of them the thread goes to sleep, without an alarm that would wake it anyway.
        for (int i = 0; i < 5_000; i++) {
            int number = i;
            assertEquals(number, call(() -> number));
        }
    }

    @Test
    void alarmsGoOffByTimeAndThenByTheOrderInWhichTheyWereSet() {
        List<String> gone = new ArrayList<>();
        CompletableFuture<List<String>> all = new CompletableFuture<>();
        thread.execute(() -> {
            long now = System.nanoTime();
            long soon = now + Duration.ofMillis(5).toNanos();
            thread.at(soon + 2, () -> all.complete(List.copyOf(gone)));
            thread.at(soon, () -> gone.add("third"));
            thread.at(soon, () -> gone.add("fourth"));
            thread.at(now, () -> gone.add("second"));
            thread.at(now - Duration.ofHours(1).toNanos(), () -> gone.add("first"));
            thread.at(soon + 1, () -> gone.add("fifth"));
            gone.add("task");
        });
        assertEquals(List.of("task", "first", "second", "third", "fourth", "fifth"), Await.result(all));
    }

    @Test
    void anAlarmThatIsDueComesAfterTheTasksAtHand() {
        List<String> done = new ArrayList<>();
        CompletableFuture<List<String>> all = new CompletableFuture<>();
        thread.execute(() -> {
            thread.at(System.nanoTime(), () -> done.add("alarm"));
            thread.execute(() -> done.add("task"));
            thread.at(System.nanoTime() + 1, () -> all.complete(List.copyOf(done)));
        });
        assertEquals(List.of("task", "alarm"), Await.result(all));
    }

    @Test
    void anAlarmDoesNotComeBeforeItsTime() {
        CompletableFuture<Long> early = new CompletableFuture<>();
        thread.execute(() -> {
            long due = System.nanoTime() + Duration.ofMillis(3).toNanos();
            thread.at(due, () -> early.complete(due - System.nanoTime()));
        });
        assertTrue(Await.result(early) <= 0);
    }

    @Test
    void anAlarmThatSetsItselfAgainLeavesRoomForTasks() {
        boolean[] enough = {false};
        Runnable[] again = {() -> {}};
        again[0] = () -> {
            if (!enough[0]) {
                thread.at(System.nanoTime(), again[0]);
            }
        };
        thread.execute(again[0]);
        assertEquals("a task", call(() -> "a task"));
        thread.execute(() -> enough[0] = true);
    }

    @Test
    void aFloodOfTasksLeavesRoomForAlarms() {
        boolean[] rung = {false};
        int[] tasks = {0};
        CompletableFuture<Integer> untilTheAlarm = new CompletableFuture<>();
        Runnable[] again = {() -> {}};
        again[0] = () -> {
            if (rung[0]) {
                untilTheAlarm.complete(tasks[0]);
            } else {
                tasks[0]++;
                thread.execute(again[0]);
            }
        };
        thread.execute(() -> {
            thread.at(System.nanoTime(), () -> rung[0] = true);
            again[0].run();
        });
        assertTrue(Await.result(untilTheAlarm) <= 1_000);
    }

    @Test
    void aTaskThatFailsHoldsUpNoOther() {
        thread.execute(() -> {
            throw new IllegalStateException("planted by a test");
        });
        thread.execute(() -> {
            throw new StackOverflowError("planted by a test");
        });
        assertEquals("alive", call(() -> "alive"));
    }

    @Test
    void whatIsDoneRegularlyIsDoneAgainAfterItFailed() {
        CountDownLatch runs = new CountDownLatch(3);
        thread.execute(() -> thread.every(Duration.ofMillis(1), () -> {
            runs.countDown();
            throw new IllegalStateException("planted by a test");
        }));
        assertTrue(awaits(runs));
    }

    @Test
    void stoppingRunsWhatWasAskedBeforeAndEndsAtOnce() throws Exception {
        List<Integer> done = new ArrayList<>();
        thread.execute(() -> thread.at(System.nanoTime() + Duration.ofHours(1).toNanos(), () -> done.add(-1)));
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            thread.execute(() -> done.add(number));
        }
        thread.stop();
        assertEquals(IntStream.range(0, 1_000).boxed().toList(), done);
        thread.execute(() -> done.add(-2));
        thread.stop();
        assertFalse(done.contains(-2));
    }

    @Test
    void aThreadThatLendsItselfRunsItsTaskIfNobodyElseDoes() {
        String here = Thread.currentThread().getName();
        List<String> ran = new ArrayList<>();
        for (int i = 0; i < 10_000 && !call(() -> ran.contains(here)); i++) {
            thread.lend(() -> ran.add(Thread.currentThread().getName()));
        }
        assertTrue(call(() -> ran.contains(here)));
    }

    @Test
    void whatIsLentDuringATaskComesAfterIt() {
        List<String> done = new ArrayList<>();
        call(() -> {
            thread.lend(() -> done.add("lent"));
            return done.add("task");
        });
        assertEquals(List.of("task", "lent"), call(() -> List.copyOf(done)));
    }

    @Test
    void ofThreadsThatLendThemselvesOneRunsTasksAtATimeAndNoneIsLostOrOvertaken() throws Exception {
        int threads = 4;
        int each = 50_000;
        int[] next = new int[threads];
        int[] wrong = {0};
        boolean[] inside = {false};
        CountDownLatch all = new CountDownLatch(threads * each);
        for (int t = 0; t < threads; t++) {
            int caller = t;
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    int number = i;
                    Runnable task = () -> {
                        wrong[0] += inside[0] || next[caller] != number ? 1 : 0;
                        inside[0] = true;
                        next[caller] = number + 1;
                        inside[0] = false;
                        all.countDown();
                    };
                    if ((number & 3) == caller) {
                        thread.execute(task);
                    } else {
                        thread.lend(task);
                    }
                }
            });
        }
        assertTrue(all.await(10, TimeUnit.SECONDS), () -> all.getCount() + " tasks were not run");
        assertEquals(0, call(() -> wrong[0]));
    }

    @Test
    void anAlarmThatALentThreadSetsIsKept() {
        for (int i = 0; i < 200; i++) {
            CompletableFuture<Long> early = new CompletableFuture<>();
            thread.lend(() -> {
                long due = System.nanoTime() + Duration.ofMillis(1).toNanos();
                thread.at(due, () -> early.complete(due - System.nanoTime()));
            });
            assertTrue(Await.result(early) <= 0);
        }
    }

    @Test
    void aLentThreadIsGivenBackAfterAFewTasks() {
        String here = Thread.currentThread().getName();
        int[] tasks = {0};
        boolean[] enough = {false};
        Runnable[] again = {() -> {}};
        again[0] = () -> {
            tasks[0] += Thread.currentThread().getName().equals(here) ? 1 : 0;
            if (!enough[0]) {
                thread.execute(again[0]);
            }
        };
        thread.lend(again[0]);
        int own = call(() -> tasks[0]);
        thread.execute(() -> enough[0] = true);
        assertTrue(own < 100, () -> own + " tasks");
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private <T> T call(Supplier<T> question) {
        return Await.result(CompletableFuture.supplyAsync(question, thread));
    }
}
