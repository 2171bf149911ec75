package prosa.application.port;

/**
 * What people, and the addresses from which they come, may do. Bytes are those of texts in UTF-8. Of numbers {@link Integer#MAX_VALUE} is as
 * many as one likes.
 *
 * @param personMessages of one person on one connection, whispers among them
 * @param personBytes of those messages
 * @param addressMessages of all who come from one {@link Network}, and of what is posted from there
 * @param addressBytes of those messages
 * @param addressArrivals of WebSockets, feeds, follows and connections over TCP
 * @param addressConnections how many an address may have at a time
 * @param addressRooms how many rooms an address may make
 * @param addressWaiting how many long polls and feeds an address may have at a time
 * @param connections how many the server may have at a time
 * @param rooms how many rooms may be open at a time
 * @param exempt whose own addresses have no limits, as they stand for many
 */
public record Limits(
        Rate personMessages,
        Rate personBytes,
        Rate addressMessages,
        Rate addressBytes,
        Rate addressArrivals,
        int addressConnections,
        Rate addressRooms,
        int addressWaiting,
        int connections,
        int rooms,
        Proxies exempt) {
    private static final int KIB = 1_024;

    /** An address stands for a class of so many, until it is known to stand for one. */
    private static final int CLASS = 60;

    /** Of the heap: what a connection takes, with what it says and is told (docs/operations.md, "Memory"). */
    private static final long HEAP_OF_CONNECTION = 32 * KIB;

    /** Of the heap: an open room holds up to 64 KiB of its last messages; four times that, as there is more than rooms. */
    private static final long HEAP_OF_ROOM = 256 * KIB;

    /** Anybody may do anything. */
    public static final Limits NONE = new Limits(
            Rate.UNLIMITED,
            Rate.UNLIMITED,
            Rate.UNLIMITED,
            Rate.UNLIMITED,
            Rate.UNLIMITED,
            Integer.MAX_VALUE,
            Rate.UNLIMITED,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Proxies.NONE);

    /** @throws IllegalArgumentException if a number is less than 1 */
    public Limits {
        if (Math.min(Math.min(addressConnections, addressWaiting), Math.min(connections, rooms)) < 1) {
            throw new IllegalArgumentException("not a number of something");
        }
    }

    /**
     * What a class behind one address does not notice, and a loop does.
     *
     * @param heap in bytes
     */
    public static Limits usual(long heap, Proxies exempt) {
        return new Limits(
                Rate.perSecond(5, 20),
                Rate.perSecond(64 * KIB, 256 * KIB),
                Rate.perSecond(5 * CLASS, 20 * CLASS),
                Rate.perSecond(64L * KIB * CLASS, 256L * KIB * CLASS),
                Rate.perSecond(10, 200),
                500,
                Rate.perHour(20, 20),
                200,
                (int) Math.clamp(heap / HEAP_OF_CONNECTION, 1, Integer.MAX_VALUE),
                (int) Math.clamp(heap / HEAP_OF_ROOM, 1, Integer.MAX_VALUE),
                exempt);
    }

    public Limits withPerson(Rate messages, Rate bytes) {
        return new Limits(
                messages,
                bytes,
                addressMessages,
                addressBytes,
                addressArrivals,
                addressConnections,
                addressRooms,
                addressWaiting,
                connections,
                rooms,
                exempt);
    }

    public Limits withAddress(Rate messages, Rate bytes) {
        return new Limits(
                personMessages,
                personBytes,
                messages,
                bytes,
                addressArrivals,
                addressConnections,
                addressRooms,
                addressWaiting,
                connections,
                rooms,
                exempt);
    }

    public Limits withArrivals(Rate arrivals) {
        return new Limits(
                personMessages,
                personBytes,
                addressMessages,
                addressBytes,
                arrivals,
                addressConnections,
                addressRooms,
                addressWaiting,
                connections,
                rooms,
                exempt);
    }

    public Limits withAddressConnections(int most) {
        return new Limits(
                personMessages,
                personBytes,
                addressMessages,
                addressBytes,
                addressArrivals,
                most,
                addressRooms,
                addressWaiting,
                connections,
                rooms,
                exempt);
    }

    public Limits withAddressRooms(Rate made) {
        return new Limits(
                personMessages,
                personBytes,
                addressMessages,
                addressBytes,
                addressArrivals,
                addressConnections,
                made,
                addressWaiting,
                connections,
                rooms,
                exempt);
    }

    public Limits withAddressWaiting(int most) {
        return new Limits(
                personMessages,
                personBytes,
                addressMessages,
                addressBytes,
                addressArrivals,
                addressConnections,
                addressRooms,
                most,
                connections,
                rooms,
                exempt);
    }

    public Limits withConnections(int most) {
        return new Limits(
                personMessages,
                personBytes,
                addressMessages,
                addressBytes,
                addressArrivals,
                addressConnections,
                addressRooms,
                addressWaiting,
                most,
                rooms,
                exempt);
    }

    public Limits withRooms(int most) {
        return new Limits(
                personMessages,
                personBytes,
                addressMessages,
                addressBytes,
                addressArrivals,
                addressConnections,
                addressRooms,
                addressWaiting,
                connections,
                most,
                exempt);
    }
}
